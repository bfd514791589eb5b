@testable import Remote

/// What a service of the tests does where services differ.
struct FakeTraits: Sendable {
    /// What gradients are divided by.
    var divisor = LossDivisor.sum
    /// Whether a numbered request that comes again gets the first one's promise.
    var knowsRequestsAgain = true
    /// Whether a saved state can be loaded into a model that has had requests.
    var loadsInPlace = true
    /// Whether weights are loaded without the optimiser where that is asked for.
    var loadsWeightsAlone = true
    var clipsGradients = true
    /// Advantages are scaled by their sizes: a distortion that nothing can undo.
    var normalizesAdvantages = false
    /// Whether cross-entropy is divided by the sum of a sequence's weights, at least 1e-9, and not by its positions.
    var dividesByWeights = false
    /// Above which ratio PPO clips.
    var ppoHigh: Float = 1.2
    /// The losses that it has.
    var losses: Set<LossName> = [.importanceSampling, .crossEntropy, .ppo]
    /// How prompts' logprobs are given.
    var prompts = Prompts.fromSecond
    var repeatsSamples = true
    /// Whether the logprobs of samples are those that were drawn from.
    var reportsDrawn = false
    /// Added to the sampler's logprobs.
    var samplerShift: Float = 0
    /// Whether the sampler goes on serving the weights that it got first.
    var servesFirstPush = false
    /// How often a future is asked for before its result is there.
    var looks = 1

    enum Prompts: Sendable {
        case fromFirst, fromSecond, never
    }

    static let plain = FakeTraits()

    /// As SkyRL-tx 0.3.0 on JAX.
    static let skyRL = FakeTraits(
        divisor: LossDivisor(perPosition: true, across: .sequences, scope: .step), knowsRequestsAgain: false,
        loadsWeightsAlone: false, clipsGradients: false, dividesByWeights: true)
}
