/// A loss as a pure function of token logprobs (and what was recorded with the tokens): value and slope.
///
/// Law, checked for each objective by central differences: `slopes[i][t]` is dLoss/dlogprob of target `t` of sequence `i`, and 0
/// wherever the mask is false.
public protocol Objective: Sendable {
    /// What must be recorded in each sequence.
    var requirements: Set<ObjectiveRequirement> { get }

    /// Whether sequences of one group are compared with each other, so that a group must not be split over batches.
    var comparesGroups: Bool { get }

    /// Whether the slopes of a sequence depend on no other sequence's logprobs, only on what is recorded in the batch.
    ///
    /// A backend may then take such a batch through its model in parts, and needs memory for those under way alone. It shows arbitrary
    /// logprobs for the sequences whose slopes it does not ask for.
    var isSeparable: Bool { get }

    /// This loss in the form in which training services compute it; nil where it is of none.
    func surrogate(of batch: TrainingBatch) -> TokenSurrogate?

    /// Loss and slopes at `policy`, one logprob array for each sequence of the batch, aligned with its targets.
    func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue
}

extension Objective {
    /// Each sequence stands for itself.
    public var comparesGroups: Bool { false }

    /// Not promised.
    public var isSeparable: Bool { false }

    /// None.
    public func surrogate(of batch: TrainingBatch) -> TokenSurrogate? { nil }
}

/// What an objective reads beyond the policy's own logprobs.
public enum ObjectiveRequirement: String, Sendable, Hashable, Codable {
    /// `TrainingSequence.advantages`.
    case advantages
    /// `TrainingSequence.behavior`.
    case behaviorLogprobs
    /// `TrainingSequence.reference`.
    case referenceLogprobs
    /// `TrainingSequence.reward`.
    case reward
    /// `TrainingSequence.groupReward`.
    case groupReward
}

/// What an objective returns.
public struct ObjectiveValue: Sendable, Hashable {
    /// Lower is better; of meaning only within one objective.
    public let loss: Double
    /// dLoss/dlogprob, aligned with the targets of each sequence.
    public let slopes: [[Float]]
    /// Named parts such as `kl`, `clip_ratio/low_mean`, `ratio/mean`.
    public let metrics: [String: Double]

    /// Loss, slopes and named parts.
    public init(loss: Double, slopes: [[Float]], metrics: [String: Double] = [:]) {
        self.loss = loss
        self.slopes = slopes
        self.metrics = metrics
    }
}

/// What a backend reports of one accumulation.
public struct ObjectiveReport: Sendable, Hashable, Codable {
    /// The objective's loss before the step.
    public let loss: Double
    /// The objective's named parts.
    public let metrics: [String: Double]
    /// Tokens that passed through the model, contexts included.
    public let tokens: Int

    /// A report.
    public init(loss: Double, metrics: [String: Double], tokens: Int) {
        self.loss = loss
        self.metrics = metrics
        self.tokens = tokens
    }
}
