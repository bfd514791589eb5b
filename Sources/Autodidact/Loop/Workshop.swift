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

    nonisolated let learner: any TrainablePolicy
    let meter: PhaseMeter
    let events: @Sendable (LoopEvent) -> Void
    let budget: GenerationBudget
    let start: PolicySnapshot
    let base: PolicySnapshot
    let heldOut: HeldOutGuard
    var references: [ReferencePoint: any Policy] = [:]
    var trainings = 0

    /// What happened so far.
    private(set) var tally = GenerationTally()

    private let verifier: any Verifier
    private var stream: ProblemStream
    private var visits: [Problem.ID: Int] = [:]

    /// A workshop for one generation of a policy that is at the state `start`.
    ///
    /// - Parameters:
    ///   - seed: Names all random draws of the generation.
    ///   - levels: The levels of the training problems; the task's own choice where empty.
    ///   - base: The state the run began with.
    ///   - budget: The recipe's own estimate, which progress is told against.
    ///   - evaluationProblems: What no training sequence may be about.
    ///   - meter: Charged with everything that the workshop does.
    /// - Throws: What the policy throws when it encodes a prompt.
    public init(
        policy: any TrainablePolicy, generation: Int, seed: SeedTree, family: any TaskFamily, levels: [Int] = [],
        start: PolicySnapshot, base: PolicySnapshot, budget: GenerationBudget, evaluationProblems: [Problem] = [],
        meter: PhaseMeter, events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
    ) throws {
        self.generation = generation
        self.seed = seed
        self.meter = meter
        self.events = events
        self.budget = budget
        self.start = start
        self.base = base
        task = family.card
        learner = policy
        verifier = family.verifier
        heldOut = HeldOutGuard(prompts: try evaluationProblems.map { try policy.prompt(for: $0.prompt) })
        stream = ProblemStream(family, split: .train, levels: levels, key: seed("problems"))
    }

    /// The policy, to encode, sample and score with; it learns through the workshop only.
    public nonisolated var policy: any Policy { learner }

    /// The next training problems: each at most once in a generation, fewer than asked for where the task runs out of them.
    ///
    /// - Throws: `WorkshopError.noProblems` where none is left.
    public func problems(_ count: Int) throws -> [Problem] {
        try Task.checkCancellation()
        defer { meter.charge(.sample) }
        let problems = stream.next(count)
        if problems.isEmpty && count > 0 { throw WorkshopError.noProblems(task: task.slug) }
        return problems
    }

    /// Options for sampling responses to this task; `maximumTokens` 0 means as many as the task's longest answer needs.
    public nonisolated func sampling(temperature: Float, maximumTokens: Int = 0) -> SamplingOptions {
        SamplingOptions(temperature: temperature, maximumTokens: maximumTokens > 0 ? maximumTokens : task.maximumCompletionTokens)
    }

    /// Verified episodes on training problems, `samplesPerProblem` each, in the order of the problems.
    ///
    /// The draws are named by problem and by how often it was visited, so that a second visit brings new responses.
    /// - Throws: `WorkshopError.heldOutLeak`, `WorkshopError.tooManyUnscorable`, `RolloutError`, `CancellationError`, or what the
    ///   policy throws.
    public func rollouts(on problems: [Problem], samplesPerProblem: Int, options: SamplingOptions) async throws -> [[Episode]] {
        for problem in problems { try heldOut.check(problem) }
        let origins = problems.map(origin)
        let rollouts = Rollouts(policy: learner, verifier: verifier, meter: meter)
        return try await rollouts.episodes(on: problems, origins: origins, count: samplesPerProblem, options: options) { groups in
            try tally.add(groups, options: options)
            let done = tally.episodes.count
            events(.progress(phase: .sample, done: done, total: max(done, budget.episodes), tokens: tally.tokensSampled))
        }
    }

    /// Records a figure of the generation; what is recorded under one name is averaged.
    public func record(_ name: String, _ value: Double) {
        tally.record(name, value)
    }

    /// Changes the tally and tells how far training has come.
    func count(_ report: ObjectiveReport, _ outcome: OptimizerReport, sequences: Int, learningRate: Float) throws(WorkshopError) {
        try tally.add(report, outcome, sequences: sequences, learningRate: learningRate)
        let done = tally.sequencesTrained
        events(.progress(phase: .train, done: done, total: max(done, budget.trainedSequences), tokens: tally.tokensTrained))
    }

    private func origin(of problem: Problem) -> RolloutOrigin {
        let visit = visits[problem.id, default: 0]
        visits[problem.id] = visit + 1
        return RolloutOrigin(weightsHash: start.weightsHash, step: tally.steps, key: seed("rollout", visit)(named: problem.id))
    }
}

extension TaskCard {
    /// Room for the longest correct response and the token that ends it.
    package var maximumCompletionTokens: Int { maximumResponseTokens + 1 }
}
