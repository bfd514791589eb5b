import CKernels

/// Reads a stretch of memory over and over, to see how fast it comes.
public struct MemoryReading: Sendable {
    private let storage: Storage

    /// So many floats.
    public init(count: Int) { storage = Storage(count: count) }

    /// Bytes a second on one core; `elapsed` measures seconds.
    public func bytesPerSecond(repetitions: Int, elapsed: (() -> Void) -> Double) -> Double {
        var isFinite = true
        let seconds = elapsed {
            for _ in 0..<repetitions where isFinite { isFinite = unsafe ck_all_finite(storage.count, storage.base) == 1 }
        }
        precondition(isFinite, "zeros are finite")
        return 4 * Double(storage.count) * Double(repetitions) / seconds
    }
}
