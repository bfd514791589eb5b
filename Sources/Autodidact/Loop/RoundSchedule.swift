/// How a generation's training follows on those before: the variable under test in many papers, so a value and never code.
public struct RoundSchedule: Sendable, Hashable, Codable {
    /// What training starts from.
    public enum Start: String, Sendable, Hashable, Codable, CaseIterable {
        /// The incumbent (online RFT, B-STaR arXiv:2412.17256).
        case `continue`
        /// The base model, anew in every generation (STaR arXiv:2203.14465, ReST-EM arXiv:2312.06585).
        case restart
    }

    /// What becomes of the optimiser's moments and step count.
    public enum OptimizerMemory: String, Sendable, Hashable, Codable, CaseIterable {
        /// Carried over from the incumbent.
        case kept
        /// Forgotten.
        case reset
    }

    /// Whose episodes are learned from.
    public enum Pool: Sendable, Hashable {
        /// Those of this generation.
        case thisRound
        /// Those of this generation and of as many before it as make this number.
        case window(Int)
        /// Those of all generations so far.
        case accumulated
    }

    /// What training starts from.
    public var start: Start
    /// What becomes of the optimiser's memory.
    public var optimizer: OptimizerMemory
    /// Whose episodes are learned from.
    public var pool: Pool
    /// The state that the KL, or the ratio of a preference objective, refers to.
    public var reference: ReferencePoint

    /// Continuing on this round's episodes unless told otherwise.
    public init(
        start: Start = .continue, optimizer: OptimizerMemory = .kept, pool: Pool = .thisRound, reference: ReferencePoint = .generationStart
    ) {
        self.start = start
        self.optimizer = optimizer
        self.pool = pool
        self.reference = reference
    }
}

extension RoundSchedule.Pool: LosslessStringConvertible, Codable {
    /// The text form used in settings: `this-round`, `window:N` or `accumulated`.
    public var description: String {
        switch self {
        case .thisRound: "this-round"
        case .window(let rounds): "window:\(rounds)"
        case .accumulated: "accumulated"
        }
    }

    /// Reads the text form; nil for anything else.
    public init?(_ description: String) {
        switch description {
        case "this-round": self = .thisRound
        case "accumulated": self = .accumulated
        default:
            guard description.hasPrefix("window:"), let rounds = Int(description.dropFirst(7)), rounds > 0 else { return nil }
            self = .window(rounds)
        }
    }

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
                in: container, debugDescription: "this-round, accumulated or window:N with N from 1 up")
        }
        self = value
    }

    /// The earlier generations whose episodes belong to the pool in generation `number`.
    package func earlier(before number: Int) -> Range<Int> {
        switch self {
        case .thisRound: number..<number
        case .window(let rounds): max(1, number - rounds + 1)..<number
        case .accumulated: 1..<number
        }
    }
}
