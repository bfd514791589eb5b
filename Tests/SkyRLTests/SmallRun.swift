import Autodidact
import Recipes
import TestSupport

/// Two generations of a recipe on `ShortChoice` at the service.
struct SmallRun: Sendable {
    let recipe: any Recipe
    private let settings = RunSettings(
        generations: 2, evaluation: EvaluationSettings(problems: 64, samplesPerProblem: 4, sealedProblems: 64))

    init(_ recipe: any Recipe) { self.recipe = recipe }

    var manifest: RunManifest {
        RunManifest(
            runID: "run-1", recipe: type(of: recipe).card.slug, task: ShortChoice().card.slug, model: "served", seed: settings.seed,
            settings: "{}", versions: [:], createdAt: 0, isGated: settings.gate.enabled)
    }

    func loop(
        _ policy: any TrainablePolicy, _ ledger: MemoryLedger, events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
    ) -> ImprovementLoop {
        ImprovementLoop(
            recipe: recipe, family: ShortChoice(), policy: policy, settings: settings, ledger: ledger, clock: RunningClock(),
            events: events)
    }

    /// Sample, keep what is right, imitate it.
    static var expertIteration: SmallRun {
        var settings = ExpertIteration.Settings()
        (settings.problems, settings.samplesPerProblem, settings.keptPerProblem) = (48, 4, 2)
        (settings.sequencesPerStep, settings.warmUpSteps, settings.learningRate) = (16, 1, 1e-3)
        return SmallRun(ExpertIteration(settings: settings))
    }

    /// Group-relative advantages, by the service's own PPO where it is what it is called.
    static var grpo: SmallRun {
        var settings = GRPO.Settings()
        (settings.steps, settings.problemsPerStep, settings.samplesPerProblem, settings.learningRate) = (6, 16, 8, 1e-3)
        return SmallRun(GRPO(settings: settings))
    }

    /// Pairs of responses, of which the likelier one is preferred: a frozen copy is the reference, and no verifier is asked.
    static var sharpening: SmallRun {
        var settings = Sharpening.Settings()
        (settings.method, settings.beta) = (.rlhf, 0.3)
        (settings.questions, settings.samplesPerQuestion) = (64, 4)
        (settings.sequencesPerStep, settings.warmUpSteps, settings.learningRate) = (32, 1, 5e-4)
        return SmallRun(Sharpening(settings: settings))
    }
}
