/// Tokens to be scored: `targets` as they follow `context`.
public struct ScoredSequence: Sendable, Hashable {
    /// What stands before; not scored.
    public let context: [TokenID]
    /// What is scored, token by token.
    public let targets: [TokenID]

    /// A sequence whose second part is scored.
    public init(context: [TokenID], targets: [TokenID]) {
        self.context = context
        self.targets = targets
    }

    /// What a training sequence learns, to be scored.
    public init(_ sequence: TrainingSequence) {
        self.init(context: sequence.context, targets: sequence.targets)
    }

    /// All its tokens, context included.
    var tokenCount: Int { context.count + targets.count }
}

/// One sequence of a training batch with all that objectives may ask about it.
///
/// Arrays are [T], aligned with `targets`.
public struct TrainingSequence: Sendable, Hashable {
    /// The tokens before the first trained one.
    public let context: [TokenID]
    /// The tokens whose logprobs the objective sees.
    public let targets: [TokenID]
    /// Which targets carry loss; nil means all.
    public let mask: [Bool]?
    /// How much this sequence counts; 1 unless the objective says otherwise.
    public let weight: Float
    /// The advantage of each target (policy gradients), or empty.
    public let advantages: [Float]
    /// Logprobs under the policy that sampled the targets (importance ratios), if recorded.
    public let behavior: Logprobs<FullVocabulary>?
    /// Logprobs under the reference policy (KL), if computed.
    public var reference: Logprobs<FullVocabulary>?
    /// Sequences of one problem share a group number.
    public var group: Int
    /// How much the KL of each target to the reference counts, or empty where each counts 1.
    public let klWeights: [Float]
    /// The reward of the whole sequence, which objectives over pairs and sets compare.
    public var reward: Float?
    /// The mean reward of all episodes of the sequence's group, whether they are in the batch or not.
    public var groupReward: Float?

    /// A sequence; whatever an objective does not need may stay out.
    public init(
        context: [TokenID], targets: [TokenID], mask: [Bool]? = nil, weight: Float = 1, advantages: [Float] = [],
        behavior: Logprobs<FullVocabulary>? = nil, reference: Logprobs<FullVocabulary>? = nil, group: Int = 0,
        klWeights: [Float] = [], reward: Float? = nil, groupReward: Float? = nil
    ) {
        precondition(mask.map { $0.count == targets.count } ?? true, "mask and targets differ in length")
        precondition(advantages.isEmpty || advantages.count == targets.count, "advantages and targets differ in length")
        precondition(behavior.map { $0.count == targets.count } ?? true, "behavior logprobs and targets differ in length")
        precondition(reference.map { $0.count == targets.count } ?? true, "reference logprobs and targets differ in length")
        precondition(klWeights.isEmpty || klWeights.count == targets.count, "KL weights and targets differ in length")
        self.context = context
        self.targets = targets
        self.mask = mask
        self.weight = weight
        self.advantages = advantages
        self.behavior = behavior
        self.reference = reference
        self.group = group
        self.klWeights = klWeights
        self.reward = reward
        self.groupReward = groupReward
    }

    /// The same sequence with the logprobs of a reference policy.
    public func referenced(_ reference: Logprobs<FullVocabulary>) -> TrainingSequence {
        precondition(reference.count == targets.count, "reference logprobs and targets differ in length")
        var copy = self
        copy.reference = reference
        return copy
    }

    /// All its tokens, context included.
    var tokenCount: Int { context.count + targets.count }

    /// Whether target `t` carries loss.
    public func isTrained(_ t: Int) -> Bool { mask?[t] ?? true }

    /// How many targets carry loss.
    public var trainedTokens: Int { mask.map { $0.count { $0 } } ?? targets.count }
}

/// Sequences whose gradient is taken together.
public struct TrainingBatch: Sendable, Hashable {
    /// The sequences, in the order in which the objective sees them.
    public let sequences: [TrainingSequence]

    /// A batch of sequences.
    public init(_ sequences: [TrainingSequence]) {
        self.sequences = sequences
    }

    /// All tokens that pass through the model, contexts included.
    public var tokens: Int { sequences.reduce(0) { $0 + $1.tokenCount } }

    /// How many targets carry loss.
    public var trainedTokens: Int { sequences.reduce(0) { $0 + $1.trainedTokens } }
}

/// What one optimiser step is to do (AdamW, arXiv:1711.05101).
public struct OptimizerParameters: Sendable, Hashable, Codable {
    /// The step size.
    public var learningRate: Float
    /// Decay of the first moment, 0 ≤ β₁ < 1.
    public var beta1: Float
    /// Decay of the second moment, 0 ≤ β₂ < 1.
    public var beta2: Float
    /// Added to the root of the second moment.
    public var epsilon: Float
    /// Decoupled weight decay, applied to matrices only.
    public var weightDecay: Float
    /// Gradients are scaled down to this global L2 norm; infinity never scales.
    public var maximumGradientNorm: Float

    /// Parameters with the usual defaults.
    public init(
        learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.95, epsilon: Float = 1e-8, weightDecay: Float = 0,
        maximumGradientNorm: Float = 1
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.maximumGradientNorm = maximumGradientNorm
    }
}

/// What an optimiser step did.
public struct OptimizerReport: Sendable, Hashable, Codable {
    /// The global L2 norm of the gradient before clipping.
    public let gradientNorm: Double
    /// False where the gradient was not finite and the step was therefore not applied.
    public let applied: Bool

    /// A report of one step.
    public init(gradientNorm: Double, applied: Bool) {
        self.gradientNorm = gradientNorm
        self.applied = applied
    }
}

/// The learning state of a policy as opaque bytes, with a digest that identifies its weights.
public struct PolicySnapshot: Sendable, Hashable {
    /// The weights in the backend's checkpoint format (safetensors on the embedded engine).
    public let weights: [UInt8]
    /// The optimiser's moments and step count.
    public let optimizer: [UInt8]
    /// SHA-256 of `weights`, in lower-case hexadecimal.
    public let weightsHash: String

    /// A state; the hash is computed from the weights.
    public init(weights: [UInt8], optimizer: [UInt8]) {
        self.weights = weights
        self.optimizer = optimizer
        weightsHash = ContentHash.hexadecimal(of: weights)
    }
}
