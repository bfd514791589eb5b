/// What a service really does, as measured when it is connected to.
struct ServiceTraits: Sendable, Hashable, Codable {
    /// What gradients are divided by.
    var divisor: LossDivisor
    /// Whether a numbered request that comes again is known, so that it may be repeated.
    var knowsRequestsAgain: Bool
    /// Whether `grad_clip_norm` has an effect.
    var clipsGradients: Bool
    /// Whether `weight_decay` has an effect.
    var decaysWeights: Bool
    /// Whether the sampler gives logprobs of prompts.
    var readsPrompts: Bool
    /// Whether equal seeds give equal samples.
    var repeatsSamples: Bool
    /// Whether the sampler's logprobs are those of the full vocabulary at temperature 1, also where it draws at another.
    var reportsOwnDistribution: Bool
}
