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

    /// Rollouts whose time is charged to the given phases.
    ///
    /// - Parameter maximumTurns: An environment that has not ended by then is broken: the episode is unscorable.
    package init(
        policy: any Policy, environment: @escaping @Sendable (Problem) -> any Environment, maximumTurns: Int, meter: PhaseMeter,
        sampling: Phase = .sample, verifying: Phase = .verify, episodesPerChunk: Int = 1024
    ) {
        self.policy = policy
        self.environment = environment
        self.maximumTurns = maximumTurns
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
        var groups = try zip(problems, origins).map { problem, origin in
            var environment = environment(problem)
            let prompt = try policy.prompt(for: environment.observe())
            guard prompt.count < policy.contextLength else {
                throw RolloutError.promptTooLong(problem: problem.id, tokens: prompt.count, contextLength: policy.contextLength)
            }
            return (0..<count).map {
                LiveEpisode(problem: problem, origin: origin, member: $0, environment: environment, turns: [.environment(prompt)])
            }
        }
        for turn in 0..<maximumTurns {
            let places = groups.indices.flatMap { group in groups[group].indices.map { (group, $0) } }
                .filter { groups[$0.0][$0.1].verdict == nil }
            if places.isEmpty { break }
            let completions =
                turn == 0
                ? try await firstTurns(groups, options: options) : try await laterTurns(groups, places, turn: turn, options: options)
            let responses = completions.map { policy.decode($0.tokens) }
            meter.charge(sampling)
            let steps = await steps(responses, places: places, groups: groups)
            for (index, place) in places.enumerated() {
                try groups[place.0][place.1].take(
                    completions[index], response: responses[index], step: steps[index].step, environment: steps[index].environment,
                    policy: policy)
            }
            meter.charge(verifying)
        }
        return groups.map { $0.map { $0.finished(maximumTurns: maximumTurns) } }
    }

    /// One request for each problem, so that its samples share the prompt.
    private func firstTurns(_ groups: [[LiveEpisode]], options: SamplingOptions) async throws -> [Completion] {
        let requests = groups.map { SamplingRequest(prompt: $0[0].tokens, count: $0.count, key: $0[0].origin.key) }
        let completions = try await policy.sample(requests, options: options)
        for (index, group) in groups.enumerated() where index >= completions.count || completions[index].count != group.count {
            let got = index < completions.count ? completions[index].count : 0
            throw RolloutError.wrongNumberOfCompletions(problem: group[0].problem.id, wanted: group.count, got: got)
        }
        return completions.flatMap { $0 }
    }

    /// One request for each episode: they differ from the first turn on.
    private func laterTurns(
        _ groups: [[LiveEpisode]], _ places: [(Int, Int)], turn: Int, options: SamplingOptions
    ) async throws -> [Completion] {
        let requests = places.map { place in
            let episode = groups[place.0][place.1]
            return SamplingRequest(prompt: episode.tokens, count: 1, key: episode.origin.key("turn", turn, episode.member))
        }
        let completions = try await policy.sample(requests, options: options)
        return try places.enumerated().map { index, place in
            guard index < completions.count, let completion = completions[index].first else {
                throw RolloutError.wrongNumberOfCompletions(problem: groups[place.0][place.1].problem.id, wanted: 1, got: 0)
            }
            return completion
        }
    }

    /// Lets the environments of different problems answer in parallel, those of one problem in turn.
    private func steps(
        _ responses: [String], places: [(Int, Int)], groups: [[LiveEpisode]]
    ) async -> [(step: EnvironmentStep, environment: any Environment)] {
        typealias Step = (step: EnvironmentStep, environment: any Environment)
        let ofGroup = Dictionary(grouping: places.indices) { places[$0].0 }
        return await withTaskGroup(of: [(index: Int, step: Step)].self) { tasks in
            for indices in ofGroup.values {
                let work = indices.map { (index: $0, environment: groups[places[$0].0][places[$0].1].environment, response: responses[$0]) }
                tasks.addTask {
                    var steps: [(index: Int, step: Step)] = []
                    for item in work {
                        var environment = item.environment
                        steps.append((item.index, (await environment.act(item.response), environment)))
                    }
                    return steps
                }
            }
            var steps = [Step?](repeating: nil, count: places.count)
            for await done in tasks { for (index, step) in done { steps[index] = step } }
            return steps.compactMap(\.self)
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
