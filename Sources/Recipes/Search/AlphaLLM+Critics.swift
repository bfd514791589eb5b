import Autodidact
import Randomness

extension AlphaLLM {
    /// How critics learn.
    var criticPlan: TrainingPlan {
        TrainingPlan(
            epochs: settings.criticEpochs, sequencesPerStep: settings.sequencesPerStep,
            optimizer: OptimizerParameters(learningRate: settings.criticLearningRate))
    }

    /// A value and an outcome critic, copies of the policy, taught on verified rollouts.
    ///
    /// A part of the problems is kept back, to measure what the outcome critic is worth.
    func critics(
        taughtOn groups_P: [[Episode]], options: SamplingOptions, in workshop: Workshop
    ) async throws -> (value: Critic, outcome: Critic) {
        let taught_P = groups_P.dropLast(groups_P.count / Self.testedPart)
        let taughtOn = Set(taught_P.compactMap(\.first?.problem.id))
        let unseen_P = groups_P.suffix(groups_P.count / Self.testedPart).filter { group in
            group.first.map { !taughtOn.contains($0.problem.id) } ?? false
        }
        let taught =
            settings.contrasts == 0
            ? taught_P.flatMap { $0 }
            : CriticLessons.contrasts(in: Array(taught_P), perProblem: settings.contrasts, key: workshop.seed("contrasts"))
        let lessons = CriticLessons(for: workshop.policy)
        let steps = settings.search.segmenter(maximumTokens: options.maximumTokens)
        let value = try await workshop.copy(of: .generationStart)
        try await workshop.train(value, on: lessons.values(of: taught, steps: steps), objective: SupervisedFineTuning(), plan: criticPlan)
        let outcome = try await value.copy()
        try await workshop.train(outcome, on: lessons.outcomes(of: taught), objective: SupervisedFineTuning(), plan: criticPlan)
        try await workshop.recordCritic(outcome, on: unseen_P)
        return (value, outcome)
    }
}
