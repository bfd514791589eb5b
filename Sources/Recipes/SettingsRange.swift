import Autodidact

extension RecipeSettings {
    /// Refuses the first of several counts that is too small or too large.
    func require(_ range: ClosedRange<Int>, _ values: KeyValuePairs<String, Int>) throws(SettingsError) {
        for (key, value) in values { try CountLimits.check(value, key: key, from: range.lowerBound, upTo: range.upperBound) }
    }

    /// Refuses the first of several numbers that is outside the range, or not a number.
    func require(_ range: ClosedRange<Double>, _ values: KeyValuePairs<String, Double>) throws(SettingsError) {
        for (key, value) in values where !range.contains(value) {
            throw .outOfRange(key: key, value: "\(value)", allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
    }
}
