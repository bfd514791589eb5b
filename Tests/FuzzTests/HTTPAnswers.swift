/// The answers of one connection, each of them whole and one that the metrics server gives.
struct HTTPAnswers {
    /// Their codes, in the order in which they came.
    private(set) var statuses: [Int] = []

    /// - Throws: `Violation` where there is something else; the last answer may be cut with the connection.
    init(_ answer: HTTPExchange.Answer) throws {
        var rest = answer.bytes[...]
        while let (status, body) = try Self.next(in: rest) {
            let isMetrics = body.elementsEqual(HostedServer.text.utf8)
            try require(isMetrics == (status == 200), "the answer \(status) has the text \(Self.shown(body))")
            statuses.append(status)
            rest = rest[body.endIndex...]
        }
        // Whoever is done sending loses what the system has not taken from the server yet, which of so few bytes is nothing.
        let mayBeCut = !answer.isWhole || answer.bytes.count > 1 << 16
        try require(rest.isEmpty || mayBeCut, "an answer ends in the middle: \(Self.shown(rest))")
    }

    /// The code and the text of the first answer; nil where none is whole.
    private static func next(in bytes: ArraySlice<UInt8>) throws -> (status: Int, body: ArraySlice<UInt8>)? {
        guard let end = bytes.firstRange(of: blankLine) else { return nil }
        let (status, length) = try parts(of: String(decoding: bytes[..<end.lowerBound], as: UTF8.self))
        let body = bytes[end.upperBound...].prefix(length)
        return body.count == length ? (status, body) : nil
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes.prefix(200), as: UTF8.self).debugDescription }

    private static let blankLine = Array("\r\n\r\n".utf8)

    private static func parts(of head: String) throws -> (status: Int, length: Int) {
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        let status = words.count == 3 && words[0] == "HTTP/1.1" ? Int(words[1]) : nil
        let lengths = lines.dropFirst().filter { $0.lowercased().hasPrefix("content-length: ") }.map { Int($0.dropFirst(16)) }
        guard let status, [200, 400, 401, 404, 405, 413].contains(status), lengths.count == 1, let length = lengths[0], length >= 0 else {
            throw Violation("this is no answer of the server's: \(String(head.prefix(200)).debugDescription)")
        }
        return (status, length)
    }
}
