import CKernels

extension Storage {
    /// Whether no number of a range is infinite or NaN.
    public func isFinite(in range: Range<Int>) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range \(range) of \(count) floats")
        return unsafe ck_all_finite(range.count, base + range.lowerBound) == 1
    }
}
