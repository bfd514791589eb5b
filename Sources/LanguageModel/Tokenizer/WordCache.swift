import Synchronization

/// Remembers how short words were merged.
///
/// Only saves work: a result never depends on what is in it.
final class WordCache: Sendable {
    /// Words longer than this are rare and merged anew each time.
    static let longestWord = 15
    /// The cache stops growing here, at some tens of megabytes.
    private static let capacity = 1 << 18

    private let words = Mutex<[UInt128: [Int32]]>([:])

    /// The bytes of a short word and its length in one number; `nil` for a long one.
    @inline(__always)
    static func key(_ text: [UInt8], _ word: Range<Int>) -> UInt128? {
        guard word.count <= longestWord else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in word {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(text[index])
        }
        return UInt128(high) << 64 | UInt128(low) | UInt128(word.count) << 120
    }

    /// The tokens of a word; `nil` where it is not known, or another thread is busy with the cache.
    @inline(__always)
    subscript(_ key: UInt128) -> [Int32]? {
        words.withLockIfAvailable { $0[key] } ?? nil
    }

    func remember(_ key: UInt128, _ tokens: [Int32]) {
        _ = words.withLockIfAvailable { words in
            if words.count < Self.capacity { words[key] = tokens }
        }
    }
}
