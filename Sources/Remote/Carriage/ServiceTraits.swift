/// What a service really does, as measured when it is connected to.
struct ServiceTraits: Sendable, Hashable, Codable {
    /// What gradients are divided by.
    var divisor: LossDivisor
    /// Whether a numbered request that comes again is known, so that it may be repeated.
    var knowsRequestsAgain: Bool
    /// Whether `grad_clip_norm` has an effect.
    var clipsGradients: Bool
    /// Whether the sampler gives logprobs of prompts.
    var readsPrompts: Bool
    /// Whether equal seeds give equal samples.
    var repeatsSamples: Bool
    /// Whether the sampler's logprobs are those of the full vocabulary at temperature 1, also where it draws at another.
    var reportsOwnDistribution: Bool
    /// The losses that it computes as objectives do.
    var builtIns = BuiltInLosses()

    /// What a loss's gradients are divided by; nil where it carries nothing exactly.
    func divisor(of loss: LossName) -> LossDivisor? {
        switch loss {
        case .importanceSampling: divisor
        case .crossEntropy: builtIns.crossEntropy
        case .ppo: builtIns.ppo
        }
    }
}

/// What the gradients of a service's other losses are divided by; nil where a loss is not the one that it is called, or was not measured.
struct BuiltInLosses: Sendable, Hashable, Codable {
    /// Cross-entropy with weights of any sign and size.
    var crossEntropy: LossDivisor?
    /// PPO with ratios clipped at 0.8 and 1.2.
    var ppo: LossDivisor?
}
