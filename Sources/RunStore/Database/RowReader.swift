import Foundation
import GRDB

/// Reads a row column by column without trusting it: a value of another type than expected is an error, never a trap.
struct RowReader {
    let row: Row
    /// Named in errors.
    let file: String
    /// What the row holds, named in errors.
    let record: String

    func value<T: DatabaseValueConvertible>(_ column: String, as type: T.Type = T.self) throws(StoreError) -> T {
        guard let value = try optional(column, as: type) else { throw damage("\(column) is missing") }
        return value
    }

    func optional<T: DatabaseValueConvertible>(_ column: String, as type: T.Type = T.self) throws(StoreError) -> T? {
        let stored: DatabaseValue? = row[column]
        guard let stored, !stored.isNull else { return nil }
        guard let value = T.fromDatabaseValue(stored) else { throw damage("\(column) has the wrong type") }
        return value
    }

    func choice<T: RawRepresentable>(_ column: String, as type: T.Type = T.self) throws(StoreError) -> T where T.RawValue == String {
        let name = try value(column, as: String.self)
        guard let choice = T(rawValue: name) else { throw damage("\(column) is '\(name)'") }
        return choice
    }

    /// A text of any characters, stored as UTF-8; nothing stands for an empty one.
    func text(_ column: String) throws(StoreError) -> String {
        String(decoding: try bytes(column), as: UTF8.self)
    }

    /// A blob; nothing stands for an empty one.
    func bytes(_ column: String) throws(StoreError) -> Data {
        try optional(column) ?? Data()
    }

    func damage(_ reason: String) -> StoreError {
        .damagedRecord(file: file, record: record, reason: reason)
    }
}
