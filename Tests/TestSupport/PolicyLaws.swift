package import Autodidact
import Randomness

/// The laws of `Policy` and `TrainablePolicy`, checked on any implementation.
///
///     #expect(try await PolicyLaws.violations(of: policy, prompts: ["1A", "2B"]) == [])
package enum PolicyLaws {
    /// One sentence for each law that does not hold.
    ///
    /// - Parameters:
    ///   - prompts: At least two texts that the policy can encode.
    ///   - tolerance: How far a recorded logprob may differ from the one computed afterwards, in nats.
    package static func violations(of policy: any Policy, prompts: [String], tolerance: Float = 1e-5) async throws -> [String] {
        var violations: [String] = []
        let encoded = try prompts.map { try policy.encode($0) }
        for (prompt, tokens) in zip(prompts, encoded) where policy.decode(tokens) != prompt {
            violations.append("decoding the encoded '\(prompt)' gives '\(policy.decode(tokens))'")
        }
        let root = SeedTree(root: 7)
        let requests = encoded.enumerated().map { SamplingRequest(prompt: $1, count: 3, key: root("law", $0)) }
        let options = SamplingOptions(temperature: 0.8, maximumTokens: 6)
        let together = try await policy.sample(requests, options: options)
        if together != (try await policy.sample(requests, options: options)) { violations.append("equal requests differ") }
        let alone = try await requests.asyncMap { try await policy.sample([$0], options: options).first ?? [] }
        if together != alone { violations.append("a request's completions depend on the requests beside it") }
        if together.map(\.count) != requests.map(\.count) { violations.append("the number of completions is wrong") }
        for (request, completions) in zip(requests, together) {
            for completion in completions where completion.tokens.count > options.maximumTokens {
                violations.append("a completion of \(request.prompt.count) tokens' prompt is longer than allowed")
            }
        }
        guard policy.capabilities.contains(.logprobs) else { return violations }
        let scored = zip(requests, together).flatMap { request, completions in
            completions.map { ScoredSequence(context: request.prompt, targets: $0.tokens) }
        }
        let differences = zip(together.joined(), try await policy.logprobs(of: scored)).map { completion, logprobs in
            completion.logprobs.count == logprobs.count
                ? zip(completion.logprobs.values, logprobs.values).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
        }
        if let worst = differences.max(), worst > tolerance { violations.append("sampled and computed logprobs differ by \(worst)") }
        return violations
    }

    /// As `violations(of:prompts:tolerance:)`, with the laws of learning; the policy is left as it was.
    package static func violations(
        ofTrainable policy: any TrainablePolicy, prompts: [String], tolerance: Float = 1e-5
    ) async throws -> [String] {
        var violations = try await violations(of: policy, prompts: prompts, tolerance: tolerance)
        let start = try await policy.snapshot()
        let frozen = try await policy.frozen()
        let context = try policy.encode(prompts[0])
        let lesson = ScoredSequence(context: context, targets: try policy.encode(prompts[1]))
        let batch = TrainingBatch([TrainingSequence(context: lesson.context, targets: lesson.targets)])
        let before = try await policy.logprobs(of: [lesson])

        let parameters = OptimizerParameters(learningRate: 1e-3)
        _ = try await policy.accumulateGradients(batch, objective: NegativeLogprob())
        _ = try await policy.optimizerStep(parameters)
        let learned = try await policy.logprobs(of: [lesson])
        let once = try await policy.snapshot()
        if learned[0].sum <= before[0].sum { violations.append("a step on a sequence does not make it more probable") }
        if once.weightsHash == start.weightsHash { violations.append("a step does not change the weights' hash") }
        if try await frozen.logprobs(of: [lesson]) != before { violations.append("a frozen copy learns") }

        try await policy.restore(start)
        if try await policy.logprobs(of: [lesson]) != before { violations.append("a restored state scores otherwise") }
        if try await policy.snapshot() != start { violations.append("a restored state is not the one saved") }
        _ = try await policy.accumulateGradients(batch, objective: NegativeLogprob())
        try await policy.restore(start)
        _ = try await policy.accumulateGradients(batch, objective: NegativeLogprob())
        _ = try await policy.optimizerStep(parameters)
        if try await policy.snapshot() != once { violations.append("the same step from a restored state ends elsewhere") }
        try await policy.restore(start)
        return violations
    }
}

/// The plainest loss: minus the logprob of all targets.
private struct NegativeLogprob: Objective {
    var requirements: Set<ObjectiveRequirement> { [] }

    func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        ObjectiveValue(loss: -policy.reduce(0) { $0 + $1.sum }, slopes: policy.map { $0.values.map { _ in -1 } })
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
