import Autodidact
import Logging
import Texts

/// One line of a log as JSON: an object with `time`, `level`, `label`, `message` and `metadata`, in this order.
///
/// Whatever stands in it is one line of bounded length: texts as `String.shown`, `most` entries of a list, `deepest` levels.
struct LogText {
    private static let most = 64
    private static let deepest = 4

    /// The line, without its end; `time` is written as it is given.
    static func line(
        time: String, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> String {
        "{\"time\":\(quoted(time)),\"level\":\"\(level.rawValue)\",\"label\":\(quoted(label)),\"message\":\(quoted(message)),"
            + "\"metadata\":\(object(metadata, depth: 1))}"
    }

    /// A text in quotes: bounded, without control characters, with JSON's own escapes.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.shown.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    private static func object(_ metadata: Logger.Metadata, depth: Int) -> String {
        let keys = metadata.keys.sorted()
        let entries = keys.prefix(most).map { "\(quoted($0)):\(value(metadata[$0] ?? "", depth: depth))" }
        let omitted = keys.count > most ? ["\"…\":\(keys.count - most)"] : []
        return "{\((entries + omitted).joined(separator: ","))}"
    }

    private static func value(_ value: Logger.MetadataValue, depth: Int) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .stringConvertible(let value): number(value) ?? quoted("\(value)")
        case .dictionary, .array: depth >= deepest ? "\"…\"" : container(value, depth: depth + 1)
        }
    }

    private static func container(_ value: Logger.MetadataValue, depth: Int) -> String {
        switch value {
        case .dictionary(let entries): return object(entries, depth: depth)
        case .array(let values):
            let omitted = values.count > most ? ["\"… \(values.count - most) more\""] : []
            return "[\((values.prefix(most).map { Self.value($0, depth: depth) } + omitted).joined(separator: ","))]"
        case .string, .stringConvertible: return Self.value(value, depth: depth)
        }
    }

    /// Numbers and truth values as JSON has them; nil for all else, such as NaN.
    private static func number(_ value: any CustomStringConvertible) -> String? {
        switch value {
        case let value as any FixedWidthInteger: value.description
        case let value as Double: value.isFinite ? value.description : nil
        case let value as Float: value.isFinite ? value.description : nil
        case let value as Bool: value ? "true" : "false"
        default: nil
        }
    }
}
