public import Autodidact

extension TinkerPolicy {
    /// How far slopes of a built-in loss may be from the objective's, as a share of the largest: rounding of the logprobs on the wire.
    private static let slopeTolerance: Float = 1e-3

    /// Evaluates the objective and makes a step along its gradient and what was accumulated before.
    ///
    /// Where the service computes the objective itself, one pass does for both, and its slopes at the logprobs that come back are held
    /// against the objective's before the step is made.
    /// - Throws: `TinkerError`, as `optimizerStep`.
    public func learn(
        from batch: TrainingBatch, objective: any Objective, parameters: OptimizerParameters
    ) async throws -> (objective: ObjectiveReport, optimizer: OptimizerReport) {
        try check()
        guard accumulated.isEmpty, isFinite, options.usesBuiltInLosses, let surrogate = objective.surrogate(of: batch),
            let load = SlopeLoad(surrogate, of: batch, traits: traits, limits: options.limits)
        else {
            let report = try await accumulateGradients(batch, objective: objective)
            return (report, try await optimizerStep(parameters))
        }
        for sequence in batch.sequences { try check(ScoredSequence(sequence)) }
        let adam = try adam(parameters)
        var value = ObjectiveValue(loss: 0, slopes: [])
        let outcome = try await step(along: load, adam) { computed in
            var known = computed[...]
            let policy = batch.sequences.map { Logprobs<FullVocabulary>($0.targets.isEmpty ? [] : known.popFirst() ?? []) }
            value = objective.evaluate(batch, policy: policy)
            try Self.compare(surrogate.slopes(of: batch, policy: policy), with: value.slopes, url: self.url)
        }
        return (ObjectiveReport(loss: value.loss, metrics: value.metrics, tokens: batch.tokens), outcome)
    }

    private static func compare(_ carried: [[Float]], with own: [[Float]], url: String) throws(TinkerError) {
        let pairs = zip(carried, own).flatMap { zip($0, $1) }
        let largest = pairs.reduce(0) { max($0, abs($1.1)) }
        guard pairs.allSatisfy({ abs($0 - $1) <= slopeTolerance * largest }) else {
            throw .inconsistent(
                url: url, reason: "at the logprobs that came back, the loss that was sent is not the objective, or not finite")
        }
    }
}
