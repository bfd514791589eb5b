import Autodidact
import Randomness

extension BSTaR {
    /// A critic of steps, trained on fresh episodes; none where the verdict alone is the reward.
    func critic(in workshop: Workshop) async throws -> ProcessCritic? {
        guard settings.criticProblems > 0 else { return nil }
        let options = workshop.sampling(temperature: 1, maximumTokens: settings.maximumTokens)
        let problems = try await workshop.problems(settings.criticProblems)
        let episodes = try await workshop.rollouts(on: problems, samplesPerProblem: settings.criticSamples, options: options).flatMap { $0 }
        return try await ProcessCritic.trained(
            try await workshop.copy(of: .base), on: episodes, continuations: settings.criticSamples, options: options,
            segmenter: .line(maximumTokens: options.maximumTokens),
            plan: TrainingPlan(
                sequencesPerStep: settings.sequencesPerStep, optimizer: OptimizerParameters(learningRate: settings.learningRate)),
            key: workshop.seed("critic"), in: workshop)
    }

    /// The different responses to each problem by reward: 1 where correct, and a fifth of the lowest step's P(yes) put on −1…1.
    ///
    /// Unscorable responses are no candidates, nor are those of which the critic cannot read a step.
    func ranked(
        _ groups_P: [[Episode]], by critic: ProcessCritic?, in workshop: Workshop, isMonitored: Bool
    ) async throws -> [RankedResponses] {
        let episodes = Array(groups_P.joined())
        let process = try await critic?.lowestProbabilities(of: episodes, in: workshop) ?? episodes.map { _ in 0.5 }
        if isMonitored && critic != nil {
            let judged = zip(episodes, process).compactMap { episode, lowest in
                episode.verdict.reward == nil ? nil : lowest.map { (probability: $0, isCorrect: episode.verdict.isCorrect) }
            }
            let certainty = Certainty(probabilities: judged.map(\.probability), truths: judged.map(\.isCorrect))
            for (name, value) in certainty.metrics { await workshop.record("critic/" + name, value) }
        }
        var lowest = process[...]
        return groups_P.map { group in
            defer { lowest = lowest.dropFirst(group.count) }
            let responses = zip(group.indices, lowest).compactMap { member, lowest -> ScoredResponse? in
                let episode = group[member]
                guard episode.verdict.reward != nil, let lowest else { return nil }
                let reward = (episode.verdict.isCorrect ? 1 : 0) + (2 * lowest - 1) / 5
                return ScoredResponse(
                    text: episode.canonicalResponse, reward: reward, isCorrect: episode.verdict.isCorrect, member: member)
            }
            return RankedResponses(responses, key: workshop.seed("rank")(named: group.first?.problem.id ?? ""))
        }
    }
}
