import Autodidact

/// JSON over a whole file where each line should be a value of its own: told once, and not for each line.
public enum WholeJSON: Hashable, Sendable {
    /// One array, of which the rows are elements.
    case array
    /// Objects with line breaks within.
    case brokenObjects

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

    /// The filter of jq with which it is written as JSON lines.
    var filter: String {
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

extension UInt8 {
    /// Whether the byte is white space between JSON's values.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }
}
