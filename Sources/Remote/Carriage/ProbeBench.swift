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

        /// The step back.
        var reversed: Entry { Entry(positions: positions, advantage: -advantage, trace: -trace) }
    }

    /// A plain step.
    static let unit = [[Entry(positions: short, advantage: 1)]]

    /// What steps are divided by, far above every gradient.
    private static let epsilon: Float = 1000
    /// Too small to be seen, not 0.
    static let trace: Float = 1e-6
    /// Positions of the measured sequence.
    static let short = 3

    private let model: RemoteModel
    private let tokens: [TokenID]
    /// lr/ε.
    private(set) var rate: Float

    /// - Parameter tokens: Some tokens of the vocabulary, at least two different ones.
    init(on model: RemoteModel, tokens: [TokenID], rate: Float = 0.01) {
        precondition(Set(tokens).count > 1, "a probe needs two different tokens")
        (self.model, self.tokens, self.rate) = (model, tokens, rate)
    }

    private func text(_ positions: Int) -> [TokenID] { (0...positions).map { tokens[$0 % tokens.count] } }

    /// Settings of a step that is proportional to the gradient.
    func adam(rate: Float? = nil, momentum: Float = 0, clip: Float = 0) -> OptimStep.Adam {
        OptimStep.Adam(
            learningRate: (rate ?? self.rate) * Self.epsilon, beta1: momentum, beta2: 0, eps: Self.epsilon, weightDecay: 0,
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
    ///
    /// - Parameter logprob: The measured one, as the policy that sampled is said to have had it.
    func push(_ requests: [[Entry]], at logprob: Float, loss: LossName = .importanceSampling) async throws {
        let chunks = requests.map { entries in entries.map { datum($0, at: logprob, loss: loss) } }
        _ = try await model.forwardBackward(chunks, loss: loss, isKnownAgain: false)
    }

    private func datum(_ entry: Entry, at logprob: Float, loss: LossName) -> Datum {
        var advantages = [Float](repeating: 0, count: entry.positions)
        var logprobs = advantages
        (advantages[Self.short - 1], logprobs[Self.short - 1]) = (entry.advantage, logprob)
        advantages[0] = entry.trace
        if loss == .crossEntropy { return Datum(reading: text(entry.positions), weights: advantages) }
        return Datum(reading: text(entry.positions), logprobs: logprobs, advantages: advantages)
    }

    /// How much a step on these requests moves the measured logprob.
    ///
    /// - Parameter shift: How far above the logprob the policy that sampled is said to have been, so that the ratio is exp(−shift).
    func move(by requests: [[Entry]], loss: LossName = .importanceSampling, shift: Float = 0) async throws -> Double {
        let before = try await reading()
        return Double(try await reading(after: requests, at: before + shift, loss: loss)) - Double(before)
    }

    /// The measured logprob after a step on these requests.
    private func reading(after requests: [[Entry]], at logprob: Float, loss: LossName, clip: Float = 0) async throws -> Float {
        try await push(requests, at: logprob, loss: loss)
        _ = try await model.step(adam(clip: clip), isKnownAgain: false)
        return try await reading()
    }

    /// How much steps on these requests move it, as half the difference of a step and the same step back.
    func effect(of requests: [[Entry]], loss: LossName = .importanceSampling, clip: Float = 0) async throws -> Double {
        let before = try await reading()
        let between = try await reading(after: requests, at: before, loss: loss, clip: clip)
        let after = try await reading(after: requests.map { $0.map(\.reversed) }, at: between, loss: loss, clip: clip)
        return (2 * Double(between) - Double(before) - Double(after)) / 2
    }

    /// Finds a rate at which a plain step has an effect that is well above rounding and well below saturation; returns the effect.
    mutating func calibrate() async throws -> Double {
        for _ in 0..<8 {
            let effect = try await effect(of: Self.unit)
            if (0.05...0.5).contains(effect) { return effect }
            let factor = effect > 1e-5 ? min(max(0.2 / effect, 0.01), 100) : (effect < -1e-5 ? 0.01 : 100)
            rate *= Float(factor)
        }
        throw TinkerError.unsupported(
            url: model.session.address.url, what: "training that can be measured: steps along a gradient do not move its logprob",
            remedy: "check that forward_backward with importance_sampling and optim_step work there")
    }

    /// All readings of a loss, as shares of a plain step's effect.
    func readings(of loss: LossName = .importanceSampling, unit: Double) async throws -> ProbeReadings {
        let short = Entry(positions: Self.short, advantage: 1)
        let second = Entry(positions: ProbeReadings.second, advantage: 0, trace: Self.trace)
        func share(_ requests: [[Entry]]) async throws -> Double { try await effect(of: requests, loss: loss) / unit }
        return ProbeReadings(
            long: try await share([[Entry(positions: ProbeReadings.long, advantage: 1)]]),
            beside: try await share([[short, second]]), apart: try await share([[short], [second]]),
            traced: try await share([[Entry(positions: Self.short, advantage: 1, trace: Self.trace)]]),
            half: try await share([[Entry(positions: Self.short, advantage: 0.5)]]))
    }
}
