/// The most that settings may ask for: far beyond any run, and small enough that no product of them overflows.
public enum CountLimits {
    /// Turns of the loop.
    public static let generations = 1_000
    /// Problems, sequences or steps.
    public static let items = 100_000
    /// Samples of one problem.
    public static let samples = 1_000
    /// Passes over the same data, and tokens of one response.
    public static let repetitions = 10_000

    /// Refuses a count outside `least` to `most`.
    public static func check(_ value: Int, key: String, from least: Int, upTo most: Int) throws(SettingsError) {
        let range = least...most
        if !range.contains(value) { throw .outOfRange(key: key, value: "\(value)", allowed: range.inWords) }
    }
    /// Refuses a count outside a range of which one bound is what another setting of the group is.
    public static func check(
        _ value: Int, key: String, in range: ClosedRange<Int>, as other: String, is otherValue: Int
    ) throws(SettingsError) {
        guard !range.contains(value) else { return }
        throw .conflict(key: key, value: "\(value)", allowed: range.inWords, other: other, otherValue: "\(otherValue)")
    }
}
