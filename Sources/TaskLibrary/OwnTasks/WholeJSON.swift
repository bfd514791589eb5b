import Autodidact
import Texts

/// JSON over a whole file where each line should be a value of its own: told once, and not for each line.
public enum WholeJSON: Hashable, Sendable {
    /// One array, of which the rows are elements.
    case array
    /// Objects with line breaks within.
    case brokenObjects

    /// What the first bytes of a file, a byte order mark included, show it to be; nil where it may be JSON lines.
    package init?(file bytes: [UInt8]) { self.init(OwnTaskFile.content(of: bytes)) }

    /// What the first bytes of a file show it to be; nil where it may be JSON lines.
    ///
    /// However large the file is, no more is parsed than the first line that is not blank, and that only up to the length of a row.
    init?(_ content: ArraySlice<UInt8>) {
        let start = content.drop(while: \.isSpace)
        let line = start.prefix { $0 != UInt8(ascii: "\n") }
        let hasMore = start[line.endIndex...].contains { !$0.isSpace }
        switch start.first {
        case UInt8(ascii: "["):
            // Lines that are arrays are faults of these lines.
            if hasMore && Self.isWhole(line) { return nil }
            self = .array
        case UInt8(ascii: "{"):
            // No row begins so, and whoever lays JSON out for people writes nothing beside an object's first brace.
            guard hasMore, line.dropFirst().allSatisfy(\.isSpace) else { return nil }
            self = .brokenObjects
        default: return nil
        }
    }

    /// The command that writes it anew as JSON lines, into another file.
    func command(on file: String) -> String {
        let isNamed = file.hasSuffix(".jsonl")
        let name = file.hasSuffix(".json") ? file.dropLast(".json".count) : file.dropLast(isNamed ? ".jsonl".count : 0)
        return "jq -c \(filter) \(Self.quoted(file)) > \(Self.quoted(name + (isNamed ? ".lines.jsonl" : ".jsonl")))"
    }

    /// A word as a shell reads it back.
    private static func quoted(_ word: String) -> String { "'" + word.shown.replacing("'", with: "'\\''") + "'" }

    /// The filter of jq.
    private var filter: String {
        switch self {
        case .array: "'.[]'"
        case .brokenObjects: "."
        }
    }

    private static func isWhole(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= OwnTaskFile.mostBytesOfLine, let text = String(validating: line, as: UTF8.self) else { return false }
        do {
            _ = try JSONNodeReader.read(text)
            return true
        } catch {
            return false
        }
    }
}
