import Autodidact

/// How options read whole numbers; what is none is refused with what is allowed.
///
/// Ranges are said here and held where options are validated, since some depend on other options.
enum WholeNumber {
    /// Reads a number that has to lie within a range.
    static func reader(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text) else { throw Refusal(allowed: "from \(range.lowerBound) up to \(range.upperBound)") }
            return number
        }
    }

    /// Reads the root of random draws.
    static func seed(_ text: String) throws -> UInt64 {
        guard let seed = UInt64(text) else { throw Refusal(allowed: "from 0 up to \(UInt64.max)") }
        return seed
    }

    /// Reads one level of a task, or several with commas between them.
    static func levels(_ text: String) throws -> [Int] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let level = Int(part) else { throw Refusal(allowed: "levels of the task, such as 2, or 1,2 for several") }
            return level
        }
    }

    /// A text that is no such number.
    private struct Refusal: Error, CustomStringConvertible {
        let allowed: String

        var description: String { "allowed: " + (allowed.hasPrefix("from") ? "whole numbers \(allowed)" : allowed) }
    }
}
