import CKernels

extension Storage {
    /// Adds a range of another storage.
    func add(_ range: Range<Int>, of other: Storage) {
        precondition(range.lowerBound >= 0 && range.upperBound <= min(count, other.count), "range \(range) of \(count) floats")
        unsafe ck_add(range.count, other.base + range.lowerBound, base + range.lowerBound)
    }

    /// Copies a range of another storage.
    func copy(_ range: Range<Int>, from other: Storage) {
        precondition(range.lowerBound >= 0 && range.upperBound <= min(count, other.count), "range \(range) of \(count) floats")
        unsafe (base + range.lowerBound).update(from: other.base + range.lowerBound, count: range.count)
    }

    /// Sets a range to zero.
    func clear(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range \(range) of \(count) floats")
        unsafe (base + range.lowerBound).update(repeating: 0, count: range.count)
    }
}
