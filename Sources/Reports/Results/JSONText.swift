import Foundation

/// A value as JSON for people and scripts: indented, keys sorted, slashes as they are, without a line end at the end.
///
/// - Throws: `EncodingError` where the value holds a number that JSON lacks, or refuses to be encoded.
public func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
