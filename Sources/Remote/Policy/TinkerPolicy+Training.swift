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
        return try await step(along: load, adam) { computed in try self.check(computed, of: load) }
    }

    /// Sends a load, looks at the logprobs at which the service computed its gradient, [N][T], and makes the step.
    ///
    /// Whatever fails on the way leaves the policy in doubt.
    func step(
        along load: SlopeLoad, _ adam: OptimStep.Adam, check: ([[Float]]) throws -> Void
    ) async throws -> OptimizerReport {
        guard let divisor = traits.divisor(of: load.loss) else {
            throw TinkerError.unsupported(url: url, what: "the loss \(load.loss.rawValue)", remedy: "leave objectives to slopes")
        }
        let chunks = load.chunks(dividedBy: divisor)
        doubt = "a step was under way and did not end"
        do {
            let outcomes = try await model.forwardBackward(chunks, loss: load.loss, isKnownAgain: traits.knowsRequestsAgain)
            let positions = try zip(chunks, outcomes).flatMap { try $1.logprobs(positions: $0.map(\.positions), url: url) }
            let computed = zip(load.sequences, positions).map { Array($1.suffix($0.targets.count)) }
            try check(computed)
            let outcome = try await model.step(adam, isKnownAgain: traits.knowsRequestsAgain)
            lineage = lineage.after(load, adam, memory: memory)
            memory = lineage
            witness = Witness(of: load, computed: computed, room: contextLength)
            doubt = nil
            return OptimizerReport(gradientNorm: outcome.gradientNorm, applied: true)
        } catch {
            doubt = "a step failed: \(error)"
            throw error
        }
    }

    /// The service must have computed the gradients at the logprobs that they were meant for.
    private func check(_ computed: [[Float]], of load: SlopeLoad) throws(TinkerError) {
        let reading = MismatchReading(sampler: load.sequences.flatMap(\.logprobs), trainer: computed.flatMap(\.self))
        guard reading.meanAbsolute <= Self.passTolerance else {
            throw .inconsistent(
                url: url, reason: "the training pass has other logprobs than the forward pass before it (\(reading))")
        }
    }

    /// The service's form of the parameters; refuses what would have no effect.
    func adam(_ parameters: OptimizerParameters) throws(TinkerError) -> OptimStep.Adam {
        let asksForClipping = parameters.maximumGradientNorm.isFinite
        guard !asksForClipping || traits.clipsGradients || options.clipping == .ifSupported else {
            throw .unsupported(
                url: url, what: "clipping of gradients, which the step asks for at norm \(parameters.maximumGradientNorm)",
                remedy: "train with an infinite norm, or let it be made only where it is supported (--set backend.clipping=if-supported)")
        }
        // Nobody can try it: a service may shrink all of its adapters with it, frozen copies and those of others among them.
        guard parameters.weightDecay == 0 else { throw .unsupported(url: url, what: "weight decay of one adapter", remedy: "set it to 0") }
        return OptimStep.Adam(
            learningRate: parameters.learningRate, beta1: parameters.beta1, beta2: parameters.beta2, eps: parameters.epsilon,
            weightDecay: parameters.weightDecay,
            gradClipNorm: asksForClipping && traits.clipsGradients ? parameters.maximumGradientNorm : 0)
    }
}

extension OptimStep.Outcome {
    /// The norm of the gradient before clipping, where the service tells it under one of the usual names.
    fileprivate var gradientNorm: Double {
        let named = (metrics ?? [:]).filter { $0.key.contains("grad_norm") }.min { $0.key < $1.key }
        return named?.value ?? .nan
    }
}
