public import Autodidact

extension TinkerPolicy {
    /// How far logprobs of a training pass may be from those of the forward pass before it, mean |Δ| in nats.
    ///
    /// Equal weights, tokens and machine: what is beyond rounding of coarse formats is another sequence's answer, or other weights.
    private static let passTolerance = 0.05

    /// Evaluates the objective on fresh logprobs and keeps its slopes for the next step.
    ///
    /// - Throws: `TinkerError`.
    public func accumulateGradients(_ batch: TrainingBatch, objective: any Objective) async throws -> ObjectiveReport {
        let sequences = batch.sequences.map { ScoredSequence($0) }
        let logprobs = try await logprobs(of: sequences)
        let value = objective.evaluate(batch, policy: logprobs)
        for ((sequence, slopes), logprobs) in zip(zip(sequences, value.slopes), logprobs) where !sequence.targets.isEmpty {
            accumulated.append(CarriedSequence(sequence, slopes: slopes, logprobs: logprobs.values))
            if !slopes.allSatisfy(\.isFinite) { isFinite = false }
        }
        return ObjectiveReport(loss: value.loss, metrics: value.metrics, tokens: batch.tokens)
    }

    /// Sends all slopes and makes one step of Adam along them; clears them whatever comes of it.
    ///
    /// A slope that is not finite is noticed here, and the step is not made. The norm of the gradient is what the service says it is, and
    /// not a number where it says nothing.
    /// - Throws: `TinkerError`; `.unsupported` before anything is sent where a parameter would have no effect, `.uncertain` or
    ///   `.inconsistent` where the service may hold half a step, after which only `restore` is possible.
    public func optimizerStep(_ parameters: OptimizerParameters) async throws -> OptimizerReport {
        try check()
        let (sequences, isFinite) = (accumulated, isFinite)
        (accumulated, self.isFinite) = ([], true)
        let adam = try adam(parameters)
        guard isFinite else { return OptimizerReport(gradientNorm: .nan, applied: false) }
        guard !sequences.isEmpty else { throw TinkerError.request("a step needs gradients, and none were accumulated since the last") }
        let load = SlopeLoad(sequences, limits: options.limits)
        doubt = "a step was under way and did not end"
        do {
            try await send(load)
            let outcome = try await model.step(adam, isKnownAgain: traits.knowsRequestsAgain)
            lineage = lineage.after(load, adam)
            witness = load.sequences.max { $0.totalSlope < $1.totalSlope }
            doubt = nil
            return OptimizerReport(gradientNorm: outcome.gradientNorm, applied: true)
        } catch {
            doubt = "a step failed: \(error)"
            throw error
        }
    }

    /// Adds the gradients, and checks that the service computed them at the logprobs that they were meant for.
    private func send(_ load: SlopeLoad) async throws {
        let chunks = load.chunks(dividedBy: traits.divisor)
        let outcomes = try await model.forwardBackward(chunks, loss: .importanceSampling, isKnownAgain: traits.knowsRequestsAgain)
        var (sent, computed): ([Float], [Float]) = ([], [])
        for (chunk, outcome) in zip(chunks, outcomes) {
            let logprobs = try outcome.logprobs(positions: chunk.map(\.positions), url: url)
            for (datum, logprobs) in zip(chunk, logprobs) {
                let advantages = datum.lossInputs.advantages?.data ?? []
                let behavior = datum.lossInputs.logprobs?.data ?? []
                for place in advantages.indices where advantages[place] != 0 {
                    sent.append(behavior[place])
                    computed.append(logprobs[place])
                }
            }
        }
        let reading = MismatchReading(sampler: sent, trainer: computed)
        guard reading.meanAbsolute <= Self.passTolerance else {
            throw TinkerError.inconsistent(
                url: url, reason: "the training pass has other logprobs than the forward pass before it (\(reading))")
        }
    }

    /// The service's form of the parameters; refuses what would have no effect.
    private func adam(_ parameters: OptimizerParameters) throws(TinkerError) -> OptimStep.Adam {
        let asksForClipping = parameters.maximumGradientNorm.isFinite
        guard !asksForClipping || traits.clipsGradients || options.clipping == .ifSupported else {
            throw .unsupported(
                url: url, what: "clipping of gradients, which the step asks for at norm \(parameters.maximumGradientNorm)",
                remedy: "train with an infinite norm, or let clipping be made only where it is supported")
        }
        guard parameters.weightDecay == 0 || traits.decaysWeights else {
            throw .unsupported(url: url, what: "weight decay", remedy: "set it to 0")
        }
        return OptimStep.Adam(
            learningRate: parameters.learningRate, beta1: parameters.beta1, beta2: parameters.beta2, eps: parameters.epsilon,
            weightDecay: parameters.weightDecay,
            gradClipNorm: asksForClipping && traits.clipsGradients ? parameters.maximumGradientNorm : 0)
    }
}

extension CarriedSequence {
    /// How much is asked of the sequence, for the choice of one that moves.
    fileprivate var totalSlope: Double { slopes.reduce(0) { $0 + Double(abs($1)) } }
}

extension OptimStep.Outcome {
    /// The norm of the gradient before clipping, where the service tells it under one of the usual names.
    fileprivate var gradientNorm: Double {
        let named = (metrics ?? [:]).filter { $0.key.contains("grad_norm") }.min { $0.key < $1.key }
        return named?.value ?? .nan
    }
}
