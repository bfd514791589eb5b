/// What a metric is: its name, its kind, its labels and one sentence.
public struct MetricDefinition: Sendable, Hashable {
    /// The kinds that the text format knows and that are used here.
    public enum Kind: String, Sendable, Hashable {
        /// Only grows while the program runs.
        case counter
        /// Goes up and down.
        case gauge
        /// A count and a sum; no quantiles are kept.
        case summary
    }

    /// By the rules of the format: letters, digits, underscores and colons, no digit first.
    public let name: String
    /// How it changes.
    public let kind: Kind
    /// The names of its labels.
    public let labels: [String]
    /// What it is, with its unit.
    public let help: String

    /// A definition.
    public init(_ name: String, _ kind: Kind, labels: [String] = [], help: String) {
        (self.name, self.kind, self.labels, self.help) = (name, kind, labels, help)
    }
}
