import Autodidact
import Randomness
import Synchronization
import TestSupport

/// A generator that lives as long as the process: what a run must never draw from.
private let processGenerator = Mutex(SystemRandomNumberGenerator())

/// What a simulated run does, all of it drawn from one seed.
struct SimulationScript: Sendable {
    /// What a generation does.
    enum Form: String, Sendable, CaseIterable {
        case imitation, pool, restart, policyGradient, sampling, unlearning, idle
    }

    static let runID = "simulated-1"

    let seed: SeedTree
    let forms: [Form]
    let generations: Int
    let retained: Int
    let problems: Int
    let samples: Int
    let learningRate: Float

    init(seed: SeedTree) {
        self.seed = seed
        var generator = seed("script").generator
        generations = 1 + generator.index(below: 4)
        // Mostly one recipe; a mixture goes through promotions and roll-backs in any order.
        let form = Form.allCases[generator.index(below: Form.allCases.count)]
        let isMixed = generator.index(below: 2) == 0
        forms = (0..<generations).map { _ in
            isMixed ? Form.allCases[generator.index(below: Form.allCases.count)] : form
        }
        retained = generator.index(below: 3)
        problems = 12 + generator.index(below: 20)
        samples = 2 + generator.index(below: 4)
        learningRate = [0.1, 0.5, 1][generator.index(below: 3)]
    }

    /// The first line of a log.
    var description: String {
        "script \(forms.map(\.rawValue).joined(separator: " ")), \(problems) problems of \(samples), retaining \(retained)"
    }

    var settings: RunSettings {
        RunSettings(
            generations: generations, seed: seed.key, evaluation: EvaluationSettings(problems: 24, samplesPerProblem: 2, sealedProblems: 6),
            gate: GateSettings(confidence: 0.9)
        )
    }

    var manifest: RunManifest {
        RunManifest(
            runID: Self.runID, recipe: ScriptedRecipe.card.slug, task: "letter", model: "scripted", seed: seed.key, settings: "{}",
            versions: [:], createdAt: 0)
    }

    /// The problems whose programs end by themselves.
    ///
    /// All attempts at a problem share its fate: among training problems one would end so small a generation, and two of a split an
    /// evaluation, as they should.
    func failingProblems() throws(LoopError) -> Set<String> {
        let evaluator = Evaluator(family: LetterTask(), settings: settings.evaluation, meter: PhaseMeter(clock: ManualClock()))
        var failing: Set<String> = []
        for split in [Split.heldOut, .sealed] {
            var own = seed("verifier")(named: split.rawValue).generator
            let problems = try evaluator.problems(split)
            if own.index(below: 6) == 0 { failing.insert(problems[own.index(below: problems.count)].id) }
        }
        return failing
    }

    func recipe(bug: PlantedBug?, clock: any WorldClock) -> ScriptedRecipe {
        ScriptedRecipe { [self] workshop in
            var rate = learningRate
            switch bug {
            case .sharedGenerator: rate *= processGenerator.withLock { Float.random(in: 0.5...1, using: &$0) }
            case .wallClock: if clock.secondsSince1970() < 1_790_000_000 { rate /= 2 }
            default: break
            }
            try await improve(workshop, forms[workshop.generation - 1], learningRate: rate)
        }
    }

    private func improve(_ workshop: Workshop, _ form: Form, learningRate: Float) async throws {
        if form == .idle { return }
        if form == .restart { try await workshop.begin(RoundSchedule(start: .restart, optimizer: .reset)) }
        let groups = try await workshop.rollouts(
            on: try await workshop.problems(problems), samplesPerProblem: samples, options: workshop.sampling(temperature: 1))
        let plan = TrainingPlan(
            epochs: 4, sequencesPerStep: 4, optimizer: OptimizerParameters(learningRate: learningRate))
        let episodes = Array(groups.joined())
        switch form {
        case .idle, .sampling: break
        case .imitation, .restart, .unlearning:
            let lessons = episodes.filter { $0.verdict.isCorrect == (form != .unlearning) }.map { TrainingExample($0) }
            try await workshop.train(on: lessons, objective: SupervisedFineTuning(), plan: plan)
        case .pool:
            let pool = try await workshop.pastEpisodes(.window(2)) + episodes
            let lessons = pool.filter(\.verdict.isCorrect).map { TrainingExample($0) }
            try await workshop.train(on: lessons, objective: SupervisedFineTuning(), plan: plan)
        case .policyGradient:
            let lessons = episodes.compactMap { episode in
                episode.verdict.reward.map { TrainingExample(episode, advantage: $0 > 0 ? 1 : -0.1) }
            }
            try await workshop.train(on: lessons, objective: PolicyGradient(), plan: plan)
        }
    }
}
