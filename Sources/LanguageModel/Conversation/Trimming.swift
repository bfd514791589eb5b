/// Which ends of a text are trimmed.
enum TrimmedEnds: Hashable, Sendable {
    case start, end, both
}

extension String {
    /// This text without `scalar` at its ends.
    func trimming(_ scalar: Unicode.Scalar, at ends: TrimmedEnds) -> String {
        trimming(at: ends) { $0 == scalar }
    }

    /// This text without what Python's `strip` takes for white space.
    func trimmingSpace() -> String {
        trimming(at: .both) { $0.properties.isWhitespace || 0x1C...0x1F ~= $0.value }
    }

    // Scalar by scalar: "\r\n" is one character to Swift.
    private func trimming(at ends: TrimmedEnds, _ isTrimmed: (Unicode.Scalar) -> Bool) -> String {
        var rest = unicodeScalars[...]
        if ends != .end { rest = rest.drop(while: isTrimmed) }
        if ends != .start {
            while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        }
        return String(rest)
    }
}
