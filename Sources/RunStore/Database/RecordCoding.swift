import Autodidact
import Foundation

/// Records as JSON text, the form in which they lie in the database: sorted keys, exact numbers, non-finite ones as words.
struct RecordCoding {
    /// Named in errors.
    let file: String

    func text(of value: some Encodable, record: String) throws(StoreError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN"
        )
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .database(file: file, action: "store \(record)", reason: "\(error)")
        }
    }

    func value<T: Decodable>(_ type: T.Type, from text: String, record: String) throws(StoreError) -> T {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN"
        )
        do {
            return try decoder.decode(type, from: Data(text.utf8))
        } catch {
            throw .damagedRecord(file: file, record: record, reason: "\(error)")
        }
    }
}
