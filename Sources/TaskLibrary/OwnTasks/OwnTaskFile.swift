import Autodidact

/// A file of problems, read: its rows, each prompt once, and what is wrong with others.
struct OwnTaskFile: Sendable {
    /// The rows that can be used, in the order of the file.
    private(set) var rows: [(line: Int, row: OwnTaskRow)] = []
    /// Lines with a fault, in the order of the file.
    private(set) var faults: [(line: Int, fault: OwnTaskFault)] = []
    /// Lines that say again what an earlier one says.
    private(set) var repetitions: [(line: Int, earlier: Int)] = []
    /// How responses are judged.
    let verifier: OwnVerifier

    /// The most bytes of a file.
    static let mostBytes = 256 << 20
    /// The most bytes of a line.
    static let mostBytesOfLine = 1 << 20
    /// The most rows.
    static let mostRows = 1_000_000

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// What stands behind a byte order mark.
    static func content(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
    }

    /// Reads JSON lines; empty lines and a byte order mark are left out of account.
    ///
    /// - Parameter verifier: How responses are judged; nil where the rows' choices tell.
    /// - Throws: What is wrong with the file as a whole. What is wrong with single lines is in `faults`.
    init(_ bytes: [UInt8], fields: RowFields, verifier: OwnVerifier?) throws(OwnTaskFault) {
        guard bytes.count <= Self.mostBytes else { throw .tooManyBytes(bytes.count, limit: Self.mostBytes) }
        let content = Self.content(of: bytes)
        if let whole = WholeJSON(content) { throw .wholeJSON(whole) }
        let lines = try Self.lines(of: content)
        guard let first = lines.first else { throw .noRows }
        if let verifier { self.verifier = verifier } else { self.verifier = .rule(try Self.impliedRule(first.bytes)) }
        var known: [String: Int] = [:]
        for (number, bytes) in lines {
            do {
                let row = try OwnTaskRow(
                    line: try Self.text(bytes), fields: fields, verifier: self.verifier, requiresChoices: verifier == nil)
                try add(row, line: number, known: &known)
            } catch {
                faults.append((number, error))
            }
        }
    }

    /// The lines that are not blank, with their numbers; blank ones take no room, of which a file can be full.
    private static func lines(of content: ArraySlice<UInt8>) throws(OwnTaskFault) -> [(number: Int, bytes: ArraySlice<UInt8>)] {
        var lines: [(number: Int, bytes: ArraySlice<UInt8>)] = []
        var (number, rest) = (0, content)
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[min(line.endIndex + 1, rest.endIndex)...]
            number += 1
            if line.allSatisfy(\.isSpace) { continue }
            guard lines.count < mostRows else { throw .tooManyRows(limit: mostRows) }
            lines.append((number, line))
        }
        return lines
    }

    /// Takes a row whose prompt is new.
    private mutating func add(_ row: OwnTaskRow, line: Int, known: inout [String: Int]) throws(OwnTaskFault) {
        guard let index = known[row.prompt] else {
            known[row.prompt] = rows.count
            rows.append((line, row))
            return
        }
        let earlier = rows[index]
        guard earlier.row.answer == row.answer else {
            throw .contradiction(line: earlier.line, what: verifier == .pythonTests ? "set of tests" : "answer")
        }
        guard earlier.row.level == row.level else { throw .contradiction(line: earlier.line, what: "level") }
        repetitions.append((line, earlier.line))
    }

    /// The rule that a row tells: that of multiple choice where it has choices.
    private static func impliedRule(_ line: ArraySlice<UInt8>) throws(OwnTaskFault) -> AnswerRule {
        guard try OwnTaskRow.members(of: try text(line))["choices"] != nil else { throw .noRule }
        return .choice
    }

    private static func text(_ line: ArraySlice<UInt8>) throws(OwnTaskFault) -> String {
        guard line.count <= mostBytesOfLine else { throw .lineTooLong(bytes: line.count, limit: mostBytesOfLine) }
        if let text = String(validating: line, as: UTF8.self) { return text }
        var (decoder, bytes, valid) = (UTF8(), line.makeIterator(), 0)
        while case .scalarValue(let scalar) = decoder.decode(&bytes) { valid += UTF8.width(scalar) }
        throw .notUTF8(byte: valid + 1)
    }
}
