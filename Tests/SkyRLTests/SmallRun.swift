import Autodidact
import Recipes
import TestSupport

/// Two generations of a recipe on `ShortChoice` at the service.
struct SmallRun: Sendable {
    let recipe: any Recipe
    private let task = ShortChoice()
    private let settings = RunSettings(
        generations: 2, evaluation: EvaluationSettings(problems: 32, samplesPerProblem: 4, sealedProblems: 32))

    init(_ recipe: any Recipe) { self.recipe = recipe }

    var manifest: RunManifest {
        RunManifest(
            runID: "run-1", recipe: type(of: recipe).card.slug, task: task.card.slug, model: "served", seed: settings.seed,
            settings: "{}", versions: [:], createdAt: 0, isGated: settings.gate.enabled)
    }

    func loop(
        _ policy: any TrainablePolicy, _ ledger: MemoryLedger, events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
    ) -> ImprovementLoop {
        ImprovementLoop(
            recipe: recipe, family: task, policy: policy, settings: settings, ledger: ledger, clock: RunningClock(),
            events: events)
    }

    /// Sample, keep what is right, imitate it.
    static var expertIteration: SmallRun {
        var settings = ExpertIteration.Settings()
        (settings.problems, settings.samplesPerProblem, settings.keptPerProblem, settings.epochs) = (48, 8, 4, 3)
        (settings.sequencesPerStep, settings.warmUpSteps, settings.learningRate) = (8, 1, 3e-3)
        return SmallRun(ExpertIteration(settings: settings))
    }

    /// Group-relative advantages, by the service's own PPO where it is what it is called.
    static var grpo: SmallRun {
        var settings = GRPO.Settings()
        (settings.steps, settings.problemsPerStep, settings.samplesPerProblem, settings.learningRate) = (8, 8, 8, 5e-3)
        return SmallRun(GRPO(settings: settings))
    }

    /// DPO (arXiv:2305.18290) with an anchor of likelihood on a right and a wrong response to the same problem; the reference is a frozen
    /// copy at the service.
    static var preference: SmallRun {
        SmallRun(
            ScriptedRecipe { workshop in
                let groups = try await workshop.rollouts(
                    on: try await workshop.problems(64), samplesPerProblem: 8, options: workshop.sampling(temperature: 1))
                let pairs = groups.enumerated().flatMap { Self.pair(of: $1, group: $0) }
                let scored = try await workshop.scored(pairs, by: try await workshop.reference(.generationStart))
                let plan = TrainingPlan(
                    epochs: 3, sequencesPerStep: 8, warmUpSteps: 1, optimizer: OptimizerParameters(learningRate: 3e-3))
                try await workshop.train(on: scored, objective: Pairwise(beta: 0.1, linearCoefficient: 0.2), plan: plan)
            })
    }

    /// A right and a wrong response to one problem; none where all are alike.
    private static func pair(of episodes: [Episode], group: Int) -> [TrainingExample] {
        guard let right = episodes.first(where: \.verdict.isCorrect), let wrong = episodes.first(where: { !$0.verdict.isCorrect })
        else { return [] }
        return [
            TrainingExample(right, advantage: 1, group: group, reward: 1),
            TrainingExample(wrong, advantage: 0, group: group, reward: 0),
        ]
    }
}
