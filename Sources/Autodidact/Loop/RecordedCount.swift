/// What counts in records may be.
package enum RecordedCount {
    /// Far beyond any run, and small enough that no sum of such counts overflows.
    package static let most = 1 << 50
}

extension KeyedDecodingContainer {
    /// A count in a record, from 0 to `RecordedCount.most` unless told otherwise.
    ///
    /// Records come from files: a count that cannot be must not reach the arithmetic that trusts it.
    package func decodeCount(forKey key: Key, in range: ClosedRange<Int> = 0...RecordedCount.most) throws -> Int {
        let count = try decode(Int.self, forKey: key)
        guard range.contains(count) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "\(count) is not \(range.inWords)")
        }
        return count
    }
}
