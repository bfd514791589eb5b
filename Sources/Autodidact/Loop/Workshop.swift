public import Randomness

/// What a recipe works with during one generation: the policy, problems, verified rollouts, metered training, seeds.
///
/// All sampling, judging and training of a generation goes through here, so that episodes are recorded, tokens counted, time
/// attributed and cancellation honoured in one place. Calls are meant to follow one another: their order names the random draws.
public actor Workshop {
    /// The number of the generation, from 1 up.
    public nonisolated let generation: Int
    /// The root of this generation's random keys.
    public nonisolated let seed: SeedTree
    /// The task that is practised.
    public nonisolated let task: TaskCard

    nonisolated let family: any TaskFamily
    nonisolated let learner: any TrainablePolicy
    let meter: PhaseMeter
    let events: @Sendable (LoopEvent) -> Void
    let budget: GenerationBudget
    let start: PolicySnapshot
    let base: PolicySnapshot
    let heldOut: HeldOutGuard
    let history: @Sendable (Int) async throws -> [Episode]
    var references: [ReferencePoint: any Policy] = [:]
    var trainings = 0
    /// The last known state of the policy, and how many steps had been taken then.
    var standing: (weightsHash: String, steps: Int)

    /// What happened so far.
    var tally: GenerationTally

    private let environment: @Sendable (Problem) -> any Environment
    private let maximumTurns: Int
    private var stream: ProblemStream
    private var visits: [Problem.ID: Int] = [:]
    private var trees: [Problem.ID: Int] = [:]
    private var issued: [Problem.ID: Problem] = [:]

    /// A workshop for one generation of a policy that is at the state `start`.
    ///
    /// - Parameters:
    ///   - seed: Names all random draws of the generation.
    ///   - levels: The levels of the training problems; the task's own choice where empty.
    ///   - base: The state the run began with.
    ///   - budget: The most that the recipe will spend, which progress is told against.
    ///   - evaluationProblems: What no training sequence may be about.
    ///   - usage: How episodes are made; the task's own environments unless told otherwise.
    ///   - history: The committed episodes of an earlier generation.
    ///   - earlierLength: The mean length of the last generation's episodes, in tokens, which drift is told against; nil where unknown.
    ///   - meter: Charged with everything that the workshop does.
    /// - Throws: What the policy throws when it encodes a prompt.
    public init(
        policy: any TrainablePolicy, generation: Int, seed: SeedTree, family: any TaskFamily, levels: [Int] = [],
        start: PolicySnapshot, base: PolicySnapshot, budget: GenerationBudget, evaluationProblems: [Problem] = [],
        usage: PolicyUsage? = nil, history: @escaping @Sendable (Int) async throws -> [Episode] = { _ in [] },
        earlierLength: Double? = nil, meter: PhaseMeter,
        events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
    ) throws {
        self.generation = generation
        self.seed = seed
        self.meter = meter
        self.events = events
        self.budget = budget
        self.start = start
        self.base = base
        self.family = family
        self.history = history
        tally = GenerationTally(earlierLength: earlierLength)
        task = family.card
        learner = policy
        standing = (start.weightsHash, 0)
        let usage = usage ?? PolicyUsage(of: family)
        environment = usage.environment
        maximumTurns = usage.maximumTurns
        heldOut = HeldOutGuard(prompts: try evaluationProblems.map { (try policy.prompt(for: $0.prompt), $0.prompt) })
        stream = family.problems(.train, levels: levels, key: seed("problems"))
    }

    /// The policy, to encode, sample and score with; it learns through the workshop only.
    public nonisolated var policy: any Policy { learner }

    /// The next training problems: each at most once in a generation, fewer than asked for where the task runs out of them; those of a
    /// file begin again, in a new order, when all were given.
    ///
    /// - Throws: `WorkshopError.noProblems` where none is left.
    public func problems(_ count: Int) throws -> [Problem] {
        try Task.checkCancellation()
        defer { meter.charge(.sample) }
        let problems = stream.next(count)
        if problems.isEmpty && count > 0 { throw WorkshopError.noProblems(task: task.slug) }
        for problem in problems { issued[problem.id] = problem }
        tally.addProblems(problems.count)
        return problems
    }

    /// Options for sampling responses to this task; `maximumTokens` 0 means as many as the task's longest answer needs.
    public nonisolated func sampling(temperature: Float, maximumTokens: Int = 0) -> SamplingOptions {
        SamplingOptions(temperature: temperature, maximumTokens: maximumTokens > 0 ? maximumTokens : task.maximumCompletionTokens)
    }

    /// Verified episodes on training problems, `samplesPerProblem` each, in the order of the problems.
    ///
    /// The draws are named by problem and by how often it was visited, so that a second visit brings new responses.
    /// - Throws: `WorkshopError.heldOutLeak`, `WorkshopError.tooManyUnscorable`, `VerifierError`, `RolloutError`,
    ///   `CancellationError`, or what the policy throws.
    public func rollouts(on problems: [Problem], samplesPerProblem: Int, options: SamplingOptions) async throws -> [[Episode]] {
        for problem in problems { try heldOut.check(problem.question) }
        let origins = problems.map(origin)
        let watch = watch(over: problems.count * samplesPerProblem)
        let rollouts = Rollouts(
            policy: learner, environment: environment, maximumTurns: maximumTurns, meter: meter, watch: watch.note)
        return try await rollouts.episodes(on: problems, origins: origins, count: samplesPerProblem, options: options) { groups in
            try family.verifier.confirm()
            try tally.add(groups, options: options)
            tellSampling()
        }
    }

    /// Records a figure of the generation; what is recorded under one name is averaged.
    public func record(_ name: String, _ value: Double) {
        tally.record(name, value)
    }

    /// Changes the tally and tells how far training has come.
    func count(_ report: ObjectiveReport, _ outcome: OptimizerReport, sequences: Int, learningRate: Float) throws(WorkshopError) {
        try tally.add(report, outcome, sequences: sequences, learningRate: learningRate)
        let done = tally.spent.trainedSequences
        events(.progress(phase: .train, done: done, total: max(done, budget.trainedSequences), tokens: tally.tokensTrained))
    }

    /// The problems behind questions that this workshop has handed out.
    func problems(behind questions: [Question]) -> [Problem] {
        questions.map { question in
            guard let problem = issued[question.id] else { preconditionFailure("question \(question.id) is not from this workshop") }
            return problem
        }
    }

    /// How the problem is met in this workshop.
    func environment(for problem: Problem) -> any Environment { environment(problem) }

    /// How often the problem has been searched before.
    func tree(of problem: Problem) -> Int {
        let tree = trees[problem.id, default: 0]
        trees[problem.id] = tree + 1
        return tree
    }

    private func origin(of problem: Problem) -> RolloutOrigin {
        let visit = visits[problem.id, default: 0]
        visits[problem.id] = visit + 1
        return RolloutOrigin(
            weightsHash: standing.weightsHash, step: tally.steps - standing.steps, key: seed("rollout", visit)(named: problem.id))
    }
}

extension TaskCard {
    /// Room for the longest correct response and the token that ends it.
    package var maximumCompletionTokens: Int { maximumResponseTokens + 1 }
}
