/// What a recorded logprob is the logarithm of.
///
/// Ratios of two kinds mean nothing, so the kind is part of the type.
public protocol LogprobKind: Sendable {}

/// The model's own distribution: full vocabulary, temperature 1.
public enum FullVocabulary: LogprobKind {}

/// The full vocabulary after division of the logits by the sampling temperature.
public enum AfterTemperature: LogprobKind {}

/// The distribution a token was really drawn from: after temperature, top-k and top-p, normalised over what was kept.
public enum AfterTruncation: LogprobKind {}

/// The logprobs of consecutive tokens, in nats, of one kind; mixing kinds does not compile.
public struct Logprobs<Kind: LogprobKind>: Sendable, Hashable, Codable {
    /// One value for each token, in nats.
    public let values: [Float]

    /// Wraps values that are known to be of this kind.
    public init(_ values: [Float]) {
        self.values = values
    }

    /// How many tokens the values belong to.
    public var count: Int { values.count }

    /// The logprob of the whole sequence.
    public var sum: Double { values.reduce(0) { $0 + Double($1) } }

    /// Encodes the bare list of numbers.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    /// Decodes the bare list of numbers.
    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([Float].self)
    }
}
