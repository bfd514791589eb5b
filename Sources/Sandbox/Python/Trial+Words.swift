import Foundation

/// What a checker is told and says.
extension Trial {
    /// What the tests say of the program.
    struct Ruling: Decodable {
        let kind: String
        let reason: String

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            (kind, reason) = (try parts.decode(String.self), try parts.decode(String.self))
        }
    }

    /// An order as a line of JSON.
    static func line(_ order: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(order)) + [UInt8(ascii: "\n")]
    }
}
