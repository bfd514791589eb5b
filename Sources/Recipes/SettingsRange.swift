import Autodidact

extension RecipeSettings {
    /// Refuses a value outside its range.
    func require<Value: Comparable>(_ key: String, _ value: Value, in range: ClosedRange<Value>) throws(SettingsError) {
        guard range.contains(value) else {
            throw .outOfRange(key: key, value: "\(value)", allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
    }
}
