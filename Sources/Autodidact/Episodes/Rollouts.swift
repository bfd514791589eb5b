package import Randomness

/// Makes verified single-turn episodes: encode, sample, decode, judge.
///
/// Work is cut into chunks, between which progress is told and cancellation honoured. The chunks cannot be seen in the result,
/// because every draw is named by the key of its problem and the number of the sample.
package struct Rollouts: Sendable {
    private let policy: any Policy
    private let verifier: any Verifier
    private let meter: PhaseMeter
    private let sampling: Phase
    private let verifying: Phase
    private let episodesPerChunk: Int

    /// Rollouts whose time is charged to the given phases.
    package init(
        policy: any Policy, verifier: any Verifier, meter: PhaseMeter, sampling: Phase = .sample, verifying: Phase = .verify,
        episodesPerChunk: Int = 1024
    ) {
        self.policy = policy
        self.verifier = verifier
        self.meter = meter
        self.sampling = sampling
        self.verifying = verifying
        self.episodesPerChunk = episodesPerChunk
    }

    /// `count` episodes on each problem, in the order of the problems; `origins[i]` names the weights and draws of problem `i`.
    ///
    /// - Parameter progress: Told after each chunk: the episodes made in it.
    /// - Throws: `RolloutError`, `CancellationError`, or what the policy throws.
    nonisolated(nonsending) package func episodes(
        on problems: [Problem], origins: [RolloutOrigin], count: Int, options: SamplingOptions,
        progress: ([[Episode]]) throws -> Void = { _ in }
    ) async throws -> [[Episode]] {
        precondition(problems.count == origins.count && count > 0, "\(count) samples, \(origins.count) origins, \(problems.count) problems")
        var groups: [[Episode]] = []
        groups.reserveCapacity(problems.count)
        let problemsPerChunk = max(1, episodesPerChunk / count)
        for start in stride(from: 0, to: problems.count, by: problemsPerChunk) {
            try Task.checkCancellation()
            let chunk = start..<min(start + problemsPerChunk, problems.count)
            let made = try await episodes(on: problems[chunk], origins: origins[chunk], count: count, options: options)
            try Task.checkCancellation()  // what a cancelled verifier says is no verdict
            try progress(made)
            groups += made
        }
        return groups
    }

    private func episodes(
        on problems: ArraySlice<Problem>, origins: ArraySlice<RolloutOrigin>, count: Int, options: SamplingOptions
    ) async throws -> [[Episode]] {
        let prompts = try problems.map(prompt)
        let requests = zip(prompts, origins).map { SamplingRequest(prompt: $0, count: count, key: $1.key) }
        let completions = try await policy.sample(requests, options: options)
        let responses = completions.map { $0.map { policy.decode($0.tokens) } }
        meter.charge(sampling)
        for (index, problem) in problems.enumerated() where index >= completions.count || completions[index].count != count {
            let got = index < completions.count ? completions[index].count : 0
            throw RolloutError.wrongNumberOfCompletions(problem: problem.id, wanted: count, got: got)
        }
        let verdicts = await verdicts(on: responses, for: problems)
        defer { meter.charge(verifying) }
        return zip(problems, origins).enumerated().map { index, place in
            let (problem, origin) = place
            return (0..<count).map { member in
                Episode(
                    problem: problem,
                    turns: [.environment(prompts[index]), .policy(completions[index][member])],
                    response: responses[index][member],
                    stopReason: completions[index][member].stopReason,
                    verdict: verdicts[index][member],
                    origin: EpisodeOrigin(
                        weightsHash: origin.weightsHash, step: origin.step, key: origin.key.key, member: member
                    )
                )
            }
        }
    }

    private func prompt(of problem: Problem) throws -> [TokenID] {
        var environment = SingleTurnEnvironment(problem: problem, verifier: verifier)
        let prompt = try policy.prompt(for: environment.observe())
        guard prompt.count < policy.contextLength else {
            throw RolloutError.promptTooLong(problem: problem.id, tokens: prompt.count, contextLength: policy.contextLength)
        }
        return prompt
    }

    /// Judges the responses to different problems in parallel, those to one problem in turn.
    private func verdicts(on responses: [[String]], for problems: ArraySlice<Problem>) async -> [[Verdict]] {
        await withTaskGroup(of: (index: Int, verdicts: [Verdict]).self) { group in
            for (index, problem) in problems.enumerated() {
                group.addTask { [verifier] in
                    var verdicts: [Verdict] = []
                    for response in responses[index] {
                        var environment = SingleTurnEnvironment(problem: problem, verifier: verifier)
                        switch await environment.act(response) {
                        case .outcome(let verdict): verdicts.append(verdict)
                        case .observation: verdicts.append(.unscorable(reason: "the environment asked for a second turn"))
                        }
                    }
                    return (index, verdicts)
                }
            }
            var verdicts = Array(repeating: [Verdict](), count: problems.count)
            for await judged in group { verdicts[judged.index] = judged.verdicts }
            return verdicts
        }
    }
}

/// Which weights draw on which random stream.
package struct RolloutOrigin: Sendable, Hashable {
    let weightsHash: String
    let step: Int
    let key: SeedTree

    /// The draws named by `key` from the weights that `step` optimiser steps made of those with this hash.
    package init(weightsHash: String, step: Int = 0, key: SeedTree) {
        self.weightsHash = weightsHash
        self.step = step
        self.key = key
    }
}
