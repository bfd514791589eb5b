public import Autodidact
import Randomness
import Synchronization

/// What an arm works with: the base policy, its seed, and metered ways to train and to measure.
///
/// One bench serves one cell. Training goes through the same `Workshop` as a run's, without a gate: what a study asks is what a
/// method does, not what the gate keeps. Tokens sampled for training and for measuring are counted apart.
public final class StudyBench: Sendable {
    /// The policy, at the base state when the arm begins.
    public let policy: any TrainablePolicy
    /// The state that every arm begins with.
    public let base: PolicySnapshot
    /// The root of what the arm draws for its training.
    public let seed: UInt64
    /// Which problems it is measured on: `StudyCard.draw`.
    let draw: Int
    /// How large the study is run.
    public let scale: StudyScale

    let meter: PhaseMeter
    let cache: EvaluationCache
    let events: @Sendable (StudyEvent) -> Void
    private let state = Mutex(State())

    private struct State {
        var tokens = StudyTokens()
        var generations: [[Episode]] = []
        /// The mean length of the last generation's episodes, in tokens, where it had any.
        var earlierLength: Double?
        var measured: [String: Problem] = [:]
    }

    init(
        policy: any TrainablePolicy, base: PolicySnapshot, seed: UInt64, draw: Int = 0, scale: StudyScale, clock: any WorldClock,
        cache: EvaluationCache, events: @escaping @Sendable (StudyEvent) -> Void
    ) {
        self.policy = policy
        self.base = base
        self.seed = seed
        self.draw = draw
        self.scale = scale
        self.cache = cache
        self.events = events
        meter = PhaseMeter(clock: clock)
    }

    /// The tokens so far.
    public var tokens: StudyTokens { state.withLock { $0.tokens } }

    /// Counts tokens that an arm sampled or trained outside of `train`.
    public func count(sampled: Int = 0, scored: Int = 0, trained: Int = 0, evaluated: Int = 0) {
        state.withLock {
            $0.tokens.sampled += sampled
            $0.tokens.scored += scored
            $0.tokens.trained += trained
            $0.tokens.evaluated += evaluated
        }
    }

    /// Keeps problems that are measured on out of all training from now on.
    func reserve(_ problems: [Problem]) {
        state.withLock { state in for problem in problems { state.measured[problem.id] = problem } }
    }

    /// Lets the policy teach itself for some generations, each from where the last one ended, none gated.
    ///
    /// Generations are numbered on from those of earlier calls, so that no draw is made twice.
    ///
    /// - Parameters:
    ///   - recipe: Also decides how the policy meets the training problems.
    ///   - levels: The levels of the training problems; the task's own choice where empty.
    ///   - afterEach: Told what each generation did while the policy is at its end: the place to measure.
    /// - Throws: `WorkshopError`, `RolloutError`, `CancellationError`, or what recipe, policy or `afterEach` throw.
    nonisolated(nonsending) public func train(
        _ recipe: any Recipe, on family: any TaskFamily, levels: [Int] = [], generations: Int,
        afterEach: (StudyGeneration) async throws -> Void = { _ in }
    ) async throws {
        for round in 1...generations {
            try Task.checkCancellation()
            let (history, measured, earlierLength) = state.withLock {
                ($0.generations, $0.measured.values.sorted { $0.id < $1.id }, $0.earlierLength)
            }
            let number = history.count + 1
            let workshop = try Workshop(
                policy: policy, generation: number, seed: SeedTree(root: seed)("generation", number), family: family, levels: levels,
                start: try await policy.snapshot(), base: base, budget: recipe.budget(ofGeneration: number, stepsPerEpisode: 1),
                evaluationProblems: measured, usage: recipe.usage(of: family), history: { history[$0 - 1] }, earlierLength: earlierLength,
                meter: meter,
                events: { [events] in events(.loop($0)) })
            try await workshop.follow(recipe)
            let (episodes, metrics) = (await workshop.episodes, await workshop.metrics)
            count(
                sampled: await workshop.tokensSampled, scored: Int(metrics["tokens_scored"] ?? 0), trained: await workshop.tokensTrained)
            state.withLock {
                $0.generations.append(episodes)
                $0.earlierLength = metrics.meanLength
            }
            events(.generation(round, of: generations))
            try await afterEach(StudyGeneration(number: number, episodes: episodes, metrics: metrics))
        }
    }
}

/// What a generation of an arm did.
public struct StudyGeneration: Sendable, Hashable {
    /// From 1 up, over all of the arm.
    public let number: Int
    /// The episodes made for training.
    public let episodes: [Episode]
    /// The named figures of the generation (docs/METRICS.md).
    public let metrics: [String: Double]
}
