extension Storage {
    /// Lends the floats of a range for writing, so that a reader of files can fill them without memory of its own.
    public func withMutableSpan<Result, Failure: Error>(
        _ range: Range<Int>, _ body: (inout MutableSpan<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range \(range) is outside 0..<\(count)")
        var span = unsafe MutableSpan(_unsafeStart: base + range.lowerBound, count: range.count)
        defer { withExtendedLifetime(self) {} }
        return try body(&span)
    }
}
