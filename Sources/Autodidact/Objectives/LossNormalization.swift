/// What the weighted sum of token losses is divided by.
///
/// The divisor counts tokens and sequences, never weights, so weights may be fractional, zero or negative. A sequence without
/// trained tokens is not counted: adding one to a batch changes nothing. Splitting a batch keeps the whole's loss and slopes as
/// the mean of the parts', weighted by each part's share of what is counted (trained tokens for `.tokens`, sequences otherwise).
public enum LossNormalization: Sendable, Hashable {
    /// The trained tokens of the batch, so that each token counts the same (DAPO, arXiv:2503.14476, eq. 8).
    case tokens
    /// The sequences of the batch: each counts with the sum over its tokens, that is its whole logprob (RLOO, arXiv:2402.14740).
    case sequences
    /// Each sequence's trained tokens, then the sequences (GRPO, arXiv:2402.03300, eq. 3).
    case sequenceMean
    /// The sequences times this many tokens, usually the longest completion allowed (Dr. GRPO, arXiv:2503.20783).
    case constant(Int)

    /// The factor on each token loss of each sequence, [N]; 0 where a sequence trains no token.
    package func factors(for batch: TrainingBatch) -> [Double] {
        let trained_N = batch.sequences.map(\.trainedTokens)
        let sequences = Double(trained_N.count { $0 > 0 })
        let tokens = Double(trained_N.reduce(0, +))
        return trained_N.map { trained in
            guard trained > 0 else { return 0 }
            switch self {
            case .tokens: return 1 / tokens
            case .sequences: return 1 / sequences
            case .sequenceMean: return 1 / (sequences * Double(trained))
            case .constant(let length):
                precondition(length > 0, "a loss cannot be divided by \(length) tokens")
                return 1 / (sequences * Double(length))
            }
        }
    }
}

extension LossNormalization: LosslessStringConvertible {
    /// The text form used in settings: `tokens`, `sequences`, `sequence-mean` or `constant:N`.
    public var description: String {
        switch self {
        case .tokens: "tokens"
        case .sequences: "sequences"
        case .sequenceMean: "sequence-mean"
        case .constant(let length): "constant:\(length)"
        }
    }

    /// Reads the text form; nil for anything else.
    public init?(_ description: String) {
        switch description {
        case "tokens": self = .tokens
        case "sequences": self = .sequences
        case "sequence-mean": self = .sequenceMean
        default:
            guard description.hasPrefix("constant:"), let length = Int(description.dropFirst(9)), length > 0 else { return nil }
            self = .constant(length)
        }
    }
}

extension LossNormalization: Codable {
    /// Encodes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Decodes the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "tokens, sequences, sequence-mean or constant:N with N from 1 up")
        }
        self = value
    }
}
