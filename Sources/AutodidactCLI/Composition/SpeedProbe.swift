import Autodidact
import Backends
import Randomness
import Tensors

/// How fast this machine is at what a run does, and how long its episodes are, from about a second of trying.
struct SpeedProbe: Sendable {
    /// Tokens that the policy writes in an episode, all turns together.
    let tokensPerEpisode: Double
    /// Tokens of a whole episode, prompt and observations included: what a trainer or a reference reads.
    let tokensThroughModel: Double
    /// Tokens of a judge's probe: an episode, what is asked about it, and a label.
    let tokensPerProbe: Double
    /// Turns of an episode.
    let turnsPerEpisode: Double
    /// The most steps of an episode among those tried.
    let stepsPerEpisode: Int
    let samplingSecondsPerEpisode: Double
    let judgingSecondsPerEpisode: Double
    let scoredTokensPerSecond: Double
    let trainedTokensPerSecond: Double
    /// Tokens of the optimiser step that was tried, prompts included.
    let tokensOfTriedStep: Int
    /// Most memory the process has held while trying, in MB: model, references, critics, optimisers and the buffers of all kinds of work.
    let peakMegabytes: Double

    /// Of a token that is written, with its part of the reading.
    var samplingSecondsPerToken: Double { samplingSecondsPerEpisode / max(1, tokensPerEpisode) }

    private static let problems = 64
    /// Of episodes of one turn; of longer ones the fewer.
    private static let samplesPerProblem = 8
    private static let secondsOfEach = 0.4

    /// Makes episodes on training problems as the run does, scores them and trains on them; the policy's weights do not change.
    init(_ policy: EmbeddedPolicy, for run: ComposedRun, clock: any WorldClock) async throws {
        let problems = Self.problems(of: run)
        let (groups, seconds) = try await Self.episodes(of: run, on: problems, by: policy, clock: clock)
        let batch = TrainingBatch(groups.prefix(16).flatMap { group in group.prefix(4).map { TrainingExample($0).sequence } })
        let sequences = batch.sequences.map { ScoredSequence($0) }
        let scoring = try await Self.rounds(clock) { _ = try await policy.logprobs(of: sequences) }
        let training = try await Self.rounds(clock) { try await Self.train(policy, on: batch) }
        try await Self.hold(copiesOf: policy, for: run.recipe.budget, scoring: sequences, trainingOn: batch)

        let episodes = Array(groups.joined())
        let count = Double(max(1, episodes.count))
        tokensPerEpisode = Double(episodes.reduce(0) { $0 + $1.sampledTokens }) / count
        tokensThroughModel = Double(episodes.joinedTurns.reduce(0) { $0 + $1.tokens.count }) / count
        turnsPerEpisode = max(1, Double(episodes.reduce(0) { $0 + $1.policyTurns.count }) / count)
        stepsPerEpisode = episodes.map(Self.steps).max() ?? 1
        tokensPerProbe = tokensThroughModel + (try problems.first.map { try Self.tokensOfQuestion(about: $0, for: policy) } ?? 0)
        samplingSecondsPerEpisode = seconds.sampling / count
        judgingSecondsPerEpisode = seconds.judging / count
        scoredTokensPerSecond = Double(batch.tokens) / scoring
        trainedTokensPerSecond = Double(batch.tokens) / training
        tokensOfTriedStep = batch.sequences.reduce(0) { $0 + $1.context.count + $1.targets.count }
        peakMegabytes = ProcessMemory.peakMegabytes
    }

    private static let key = SeedTree(root: 0)("probe")

    private static func problems(of run: ComposedRun) -> [Problem] {
        var stream = run.family.problems(.train, levels: run.settings.levels, key: key("problems"))
        return stream.next(problems)
    }

    /// Episodes of the recipe's own usage, and the seconds of one round of them after one to warm up.
    private static func episodes(
        of run: ComposedRun, on problems: [Problem], by policy: EmbeddedPolicy, clock: any WorldClock
    ) async throws -> (groups: [[Episode]], seconds: (sampling: Double, judging: Double)) {
        let usage = run.recipe.usage(of: run.family)
        let origins = problems.map { RolloutOrigin(weightsHash: "", key: key(named: $0.id)) }
        let options = SamplingOptions(maximumTokens: run.family.card.maximumCompletionTokens)
        let samples = max(1, samplesPerProblem / usage.maximumTurns)
        func round(_ meter: PhaseMeter) async throws -> [[Episode]] {
            let rollouts = Rollouts(policy: policy, environment: usage.environment, maximumTurns: usage.maximumTurns, meter: meter)
            return try await rollouts.episodes(on: problems, origins: origins, count: samples, options: options)
        }
        var groups = try await round(PhaseMeter(clock: clock))
        let meter = PhaseMeter(clock: clock)
        var count = 0.0
        repeat {
            groups = try await round(meter)
            count += 1
        } while meter.spent.wall < secondsOfEach
        let seconds = meter.spent.seconds
        return (groups, (seconds[.sample] / count, seconds[.verify] / count))
    }

    /// An optimiser step that changes no weight.
    private static func train(_ policy: any TrainablePolicy, on batch: TrainingBatch) async throws {
        _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
        _ = try await policy.optimizerStep(OptimizerParameters(learningRate: 0))
    }

    /// Has all references and critics of the recipe in memory at once, each at its work.
    private static func hold(
        copiesOf policy: EmbeddedPolicy, for budget: GenerationBudget, scoring sequences: [ScoredSequence], trainingOn batch: TrainingBatch
    ) async throws {
        var copies: [any Policy] = []
        for _ in 0..<budget.references {
            let reference = await policy.frozen()
            copies.append(reference)
            _ = try await reference.logprobs(of: sequences)
        }
        for _ in 0..<budget.critics {
            let critic = await policy.copy()
            copies.append(critic)
            try await train(critic, on: batch)
        }
        withExtendedLifetime(copies) {}
    }

    /// The most that a judge may be asked about one by one: the turns, or the lines and sentences of the last response.
    private static func steps(of episode: Episode) -> Int {
        let boundaries = StepSegmenter.sentence(maximumTokens: 1).boundaries
        return max(episode.policyTurns.count, boundaries.reduce(1) { $0 + episode.response.ranges(of: $1).count })
    }

    /// What a probe adds to an episode: the question about it, and a label.
    private static func tokensOfQuestion(about problem: Problem, for policy: EmbeddedPolicy) throws -> Double {
        let asked = policy.prompt(for: FeedbackPrompts.yesNo(prompt: problem.prompt, response: "")).count
        let label = try policy.turn(saying: FeedbackPrompts.yesNoAnswers.yes).count
        return Double(max(0, asked - policy.prompt(for: problem.prompt).count) + label)
    }

    /// Seconds of one round, over as many as fit into the time after one to warm up.
    private static func rounds(_ clock: any WorldClock, _ round: () async throws -> Void) async throws -> Double {
        try await round()
        var (count, seconds) = (0.0, 0.0)
        while seconds < secondsOfEach {
            let start = clock.monotonic()
            try await round()
            seconds += (clock.monotonic() - start) / .seconds(1)
            count += 1
        }
        return seconds / count
    }
}

extension [Episode] {
    /// The turns of all episodes, both sides'.
    fileprivate var joinedTurns: [Turn] { flatMap(\.turns) }
}
