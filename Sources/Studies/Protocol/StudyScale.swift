/// How large a study is run.
public enum StudyScale: String, Sendable, Hashable, Codable {
    /// The form whose verdict counts.
    case full
    /// Seconds instead of minutes: shows that every part works, not what the method does.
    case quick

    /// The value for this scale.
    public func pick<Value>(_ full: Value, quick: Value) -> Value { self == .full ? full : quick }

    /// The fewest seeds that a verdict, or in the quick form an interval, can rest on.
    public var fewestSeeds: Int { pick(3, quick: 2) }
}
