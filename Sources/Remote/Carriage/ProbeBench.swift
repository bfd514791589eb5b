import Autodidact

/// Small steps on a scratch adapter, by whose effect on one logprob a service's arithmetic is measured.
///
/// With β₁ = β₂ = 0 and an ε far above every gradient, Adam's step is lr/ε times the gradient, so effects are proportional to gradients.
/// Each measurement is a step and the same step back: half the difference is free of second-order terms, shows that negative advantages
/// count as positive ones do, and leaves the adapter about where it was.
struct ProbeBench {
    /// A sequence of the bench: its length, and the advantage at the measured token.
    struct Entry: Sendable, Hashable {
        var positions: Int
        var advantage: Float
        /// A second token's advantage, too small to have an effect.
        var trace: Float = 0
    }

    /// What steps are divided by, far above every gradient.
    private static let epsilon: Float = 1000
    /// Too small to be seen, not 0.
    static let trace: Float = 1e-6
    /// Positions of the measured sequence.
    static let short = 3

    private let model: RemoteModel
    private let tokens: [TokenID]
    /// lr/ε.
    private(set) var rate: Float = 0.01

    /// - Parameter tokens: Some tokens of the vocabulary, at least two different ones.
    init(on model: RemoteModel, tokens: [TokenID]) {
        precondition(Set(tokens).count > 1, "a probe needs two different tokens")
        (self.model, self.tokens) = (model, tokens)
    }

    private func text(_ positions: Int) -> [TokenID] { (0...positions).map { tokens[$0 % tokens.count] } }

    /// Settings of a step that is proportional to the gradient.
    func adam(rate: Float? = nil, clip: Float = 0, decay: Float = 0) -> OptimStep.Adam {
        OptimStep.Adam(
            learningRate: (rate ?? self.rate) * Self.epsilon, beta1: 0, beta2: 0, eps: Self.epsilon, weightDecay: decay,
            gradClipNorm: clip)
    }

    /// The measured logprob.
    func reading() async throws -> Float {
        let outcome = try await model.forward([[Datum(reading: text(Self.short), weights: [1, 1, 1])]])
        guard let logprobs = outcome.first?.outputs.first?.logprobs.data, logprobs.count == Self.short else {
            throw TinkerError.unreadable(
                url: model.session.address.url, field: "loss_fn_outputs", reason: "the logprobs of \(Self.short) positions are not there")
        }
        guard let value = logprobs[Self.short - 1], value.isFinite else {
            throw TinkerError.notFinite(url: model.session.address.url, field: "loss_fn_outputs.0.logprobs")
        }
        return value
    }

    /// Adds the gradient of requests of entries.
    func push(_ requests: [[Entry]], at logprob: Float) async throws {
        let chunks = requests.map { entries in
            entries.map { entry in
                var advantages = [Float](repeating: 0, count: entry.positions)
                var logprobs = advantages
                (advantages[Self.short - 1], logprobs[Self.short - 1]) = (entry.advantage, logprob)
                advantages[0] = entry.trace
                return Datum(reading: text(entry.positions), logprobs: logprobs, advantages: advantages)
            }
        }
        _ = try await model.forwardBackward(chunks, loss: .importanceSampling, isKnownAgain: false)
    }

    /// How much a step on these requests moves the measured logprob.
    func effect(of requests: [[Entry]], clip: Float = 0) async throws -> Double {
        let backward = requests.map { $0.map { Entry(positions: $0.positions, advantage: -$0.advantage, trace: -$0.trace) } }
        let before = try await reading()
        try await push(requests, at: before)
        _ = try await model.step(adam(clip: clip), isKnownAgain: false)
        let between = try await reading()
        try await push(backward, at: between)
        _ = try await model.step(adam(clip: clip), isKnownAgain: false)
        let after = try await reading()
        return (Double(between) - Double(before) - (Double(after) - Double(between))) / 2
    }

    /// Finds a rate at which a plain step has an effect that is well above rounding and well below saturation; returns the effect.
    mutating func calibrate() async throws -> Double {
        for _ in 0..<8 {
            let effect = try await effect(of: [[Entry(positions: Self.short, advantage: 1)]])
            if (0.05...0.5).contains(effect) { return effect }
            let factor = effect > 1e-5 ? min(max(0.2 / effect, 0.01), 100) : (effect < -1e-5 ? 0.01 : 100)
            rate *= Float(factor)
        }
        throw TinkerError.unsupported(
            url: model.session.address.url, what: "training that can be measured: steps along a gradient do not move its logprob",
            remedy: "check that forward_backward with importance_sampling and optim_step work there")
    }
}
