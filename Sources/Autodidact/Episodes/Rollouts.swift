package import Randomness

/// Makes judged episodes: observe, sample, decode, act, until each environment has ended.
///
/// Work is cut into chunks, between which progress is told and cancellation honoured. The chunks cannot be seen in the result,
/// because every draw is named by the key of its problem, the number of the sample and the turn. Episodes of a chunk advance turn by
/// turn together, so that each turn is one batch.
package struct Rollouts: Sendable {
    private let policy: any Policy
    private let environment: @Sendable (Problem) -> any Environment
    private let maximumTurns: Int
    private let meter: PhaseMeter
    private let sampling: Phase
    private let verifying: Phase
    private let episodesPerChunk: Int
    private let watch: @Sendable (Verdict) throws -> Void

    /// Rollouts whose time is charged to the given phases.
    ///
    /// - Parameters:
    ///   - maximumTurns: An environment that has not ended by then is broken: the episode is unscorable.
    ///   - watch: Told the outcome of each episode at once, in no order; what it throws ends the work.
    package init(
        policy: any Policy, environment: @escaping @Sendable (Problem) -> any Environment, maximumTurns: Int, meter: PhaseMeter,
        sampling: Phase = .sample, verifying: Phase = .verify, episodesPerChunk: Int = 1024,
        watch: @escaping @Sendable (Verdict) throws -> Void = { _ in }
    ) {
        self.policy = policy
        self.environment = environment
        self.maximumTurns = maximumTurns
        self.meter = meter
        self.sampling = sampling
        self.verifying = verifying
        self.episodesPerChunk = episodesPerChunk
        self.watch = watch
    }

    /// `count` episodes on each problem, in the order of the problems; `origins[i]` names the weights and draws of problem `i`.
    ///
    /// - Parameter progress: Told after each chunk: the episodes made in it.
    /// - Throws: `RolloutError`, `CancellationError`, or what the policy or the watch throws.
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
        var groups = try problems.map { problem in
            Array(repeating: try InteractionState(problem, environment: environment(problem), policy: policy), count: count)
        }
        let origins = Array(origins)
        for turn in 0..<maximumTurns {
            let places = groups.indices.flatMap { group in groups[group].indices.map { (group: group, member: $0) } }
                .filter { groups[$0.group][$0.member].outcome == nil }
            if places.isEmpty { break }
            let completions =
                turn == 0
                ? try await firstTurns(groups, origins: origins, options: options)
                : try await laterTurns(
                    places.map { (groups[$0.group][$0.member], origins[$0.group].key("turn", turn, $0.member)) }, options)
            meter.charge(sampling)
            let taken = try await taking(completions, in: places.map { (group: $0.group, state: groups[$0.group][$0.member]) })
            for (place, state) in zip(places, taken) { groups[place.group][place.member] = state }
            meter.charge(verifying)
        }
        let endless = Verdict.unscorable(reason: "the environment did not end within \(maximumTurns) turns")
        return zip(groups, origins).map { group, origin in
            group.enumerated().compactMap { member, state in
                state.episode(
                    origin: EpisodeOrigin(weightsHash: origin.weightsHash, step: origin.step, key: origin.key.key, member: member),
                    orElse: endless)
            }
        }
    }

    /// One request for each problem, so that its samples share the prompt.
    private func firstTurns(
        _ groups: [[InteractionState]], origins: [RolloutOrigin], options: SamplingOptions
    ) async throws -> [Completion] {
        let requests = zip(groups, origins).map { SamplingRequest(prompt: $0[0].prompt, count: $0.count, key: $1.key) }
        let completions = try await policy.sample(requests, options: options)
        for (index, group) in groups.enumerated() where index >= completions.count || completions[index].count != group.count {
            let got = index < completions.count ? completions[index].count : 0
            throw RolloutError.wrongNumberOfCompletions(problem: group[0].problem.id, wanted: group.count, got: got)
        }
        return completions.flatMap { $0 }
    }

    /// One request for each episode: they differ from the first turn on.
    private func laterTurns(_ episodes: [(state: InteractionState, key: SeedTree)], _ options: SamplingOptions) async throws -> [Completion]
    {
        let requests = episodes.map { SamplingRequest(prompt: $0.state.tokens, count: 1, key: $0.key) }
        let completions = try await policy.sample(requests, options: options)
        return try episodes.enumerated().map { index, episode in
            guard index < completions.count, let completion = completions[index].first else {
                throw RolloutError.wrongNumberOfCompletions(problem: episode.state.problem.id, wanted: 1, got: 0)
            }
            return completion
        }
    }

    /// Lets the environments of different problems answer in parallel, those of one problem in turn.
    private func taking(
        _ completions: [Completion], in episodes: [(group: Int, state: InteractionState)]
    ) async throws -> [InteractionState] {
        try await withThrowingTaskGroup(of: [(index: Int, state: InteractionState)].self) { [policy, watch] tasks in
            for indices in Dictionary(grouping: episodes.indices, by: { episodes[$0].group }).values {
                let work = indices.map { (index: $0, state: episodes[$0].state, completion: completions[$0]) }
                tasks.addTask {
                    var taken: [(index: Int, state: InteractionState)] = []
                    for item in work {
                        let state = try await item.state.after(item.completion, by: policy)
                        try Task.checkCancellation()  // what a cancelled verifier says is no verdict
                        if let outcome = state.outcome { try watch(outcome) }
                        taken.append((item.index, state))
                    }
                    return taken
                }
            }
            var states = episodes.map(\.state)
            for try await done in tasks { for (index, state) in done { states[index] = state } }
            return states
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
