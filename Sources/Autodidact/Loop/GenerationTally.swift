/// What happened in a generation so far: a value that counts and decides; the workshop acts on it.
struct GenerationTally: Sendable {
    /// How many steps in a row may be skipped for a gradient that is not finite.
    private static let skippedStepsAllowed = 2

    /// What was drawn, scored and trained on, in the units of a budget.
    private(set) var spent = GenerationBudget()
    /// The episodes as they were made, by problem and visit.
    private(set) var groups: [[Episode]] = []
    private(set) var correct = 0
    private(set) var unscorable = 0
    private(set) var tokensSampled = 0
    private(set) var tokensTrained = 0
    private var tokensScored = 0
    private var tooLong: [TooLong: Int] = [:]
    /// Optimiser steps of the policy that were applied.
    private(set) var steps = 0
    private var skippedSteps = 0
    private var skippedInARow = 0
    private(set) var limit = UnscorableLimit()
    private var means = MetricMeans()

    /// The mean length of the episodes of the generation before, in tokens, where that is known.
    private let earlierLength: Double?
    private var chosen: Set<EpisodeOrigin> = []
    private var rewards: [EpisodeOrigin: Double] = [:]

    /// How many episodes were made.
    var episodeCount: Int { spent.episodes }

    /// Nothing happened yet.
    init(earlierLength: Double? = nil) {
        self.earlierLength = earlierLength
    }

    /// All episodes, in the order in which they were made.
    var episodes: [Episode] { Array(groups.joined()) }

    /// The named figures of the generation: `docs/METRICS.md`.
    var metrics: [String: Double] {
        var metrics = means.values
        for (name, value) in monitors { metrics[name] = value }
        metrics["num_tokens"] = Double(tokensSampled + tokensTrained)
        if tokensScored > 0 { metrics["tokens_scored"] = Double(tokensScored) }
        for (kind, count) in tooLong { metrics[kind.metric] = Double(count) }
        metrics["train/steps"] = Double(steps)
        metrics["train/skipped_steps"] = Double(skippedSteps)
        return metrics
    }

    /// What the monitors say of the episodes, of what was chosen among them, and of rewards that are not the verifier's.
    private var monitors: [String: Double] {
        let widest = groups.map(\.count).max() ?? 0
        var figures = lengthMetrics(of: groups, earlier: earlierLength)
        figures.merge(rewardSignal(groups.map { $0.map { rewards.isEmpty ? $0.verdict.reward : rewards[$0.origin] } })) { _, new in new }
        if widest > 1 { figures.merge(explorationMetrics(of: groups, k: min(widest, 8))) { _, new in new } }
        if !chosen.isEmpty {
            figures.merge(exploitationMetrics(selected: episodes.filter { chosen.contains($0.origin) }, from: groups)) { _, new in new }
        }
        if !rewards.isEmpty { figures.merge(rewardMetrics(groups.map { $0.map { rewards[$0.origin] } }, of: groups)) { _, new in new } }
        return figures
    }

    /// Notes which episodes were chosen to learn from.
    mutating func choose(_ origins: [EpisodeOrigin]) {
        chosen.formUnion(origins)
        record("selection/kept", Double(origins.count))
    }

    /// Notes rewards that are not the verifier's.
    mutating func reward(_ rewards: [(origin: EpisodeOrigin, reward: Double)]) {
        for (origin, reward) in rewards {
            self.rewards[origin] = reward
            record("reward/own", reward)
        }
    }

    /// Records a figure of the recipe's own.
    mutating func record(_ name: String, _ value: Double, weight: Double = 1) {
        means.record(name, value, weight: weight)
    }

    /// Counts problems as they are drawn.
    mutating func addProblems(_ count: Int) { spent.problems += count }

    /// Counts a copy of the policy: a critic in the making, or a reference.
    mutating func addCopy(isCritic: Bool) {
        if isCritic { spent.critics += 1 } else { spent.references += 1 }
    }

    /// Counts episodes as they are made, grouped by problem.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable`.
    mutating func add(_ groups: [[Episode]], options: SamplingOptions) throws(WorkshopError) {
        tokensSampled += groups.joined().reduce(0) { $0 + $1.sampledTokens }
        try note(groups, options: options)
    }

    /// The same for episodes that searches came upon, whose tokens were counted when they were sampled.
    mutating func addSearched(_ groups: [[Episode]], options: SamplingOptions) throws(WorkshopError) {
        spent.searchedEpisodes += groups.reduce(0) { $0 + $1.count }
        try note(groups, options: options)
    }

    /// Counts verdicts on responses that are no episodes.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable`.
    mutating func count(_ verdicts: [Verdict]) throws(WorkshopError) { try limit.count(verdicts) }

    /// Looks at the verdicts of the finished generation, however few they are.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable`.
    func checkVerdicts() throws(WorkshopError) { try limit.finish() }

    private mutating func note(_ groups: [[Episode]], options: SamplingOptions) throws(WorkshopError) {
        self.groups += groups
        spent.episodes += groups.reduce(0) { $0 + $1.count }
        for group in groups {
            let rewards = group.compactMap(\.verdict.reward)
            let mean = rewards.reduce(0, +) / Double(rewards.count)
            let isFlat = rewards.allSatisfy { $0 == rewards.first }
            let weight = Double(rewards.count)
            record("reward", mean, weight: weight)
            record("reward_std", (rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / weight).squareRoot(), weight: weight)
            if !rewards.isEmpty { record("frac_reward_zero_std", isFlat ? 1 : 0) }
            for episode in group { add(episode, options: options) }
        }
        try limit.count(groups.joined())
    }

    private mutating func add(_ episode: Episode, options: SamplingOptions) {
        switch episode.verdict {
        case .correct: correct += 1
        case .wrong: break
        case .unscorable: unscorable += 1
        }
        record("completions/mean_length", Double(episode.sampledTokens))
        record("completions/clipped_ratio", episode.stopReason == .length ? 1 : 0)
        record("completions/repetition", RepetitionProbe.isDegenerate(episode.response) ? 1 : 0)
        if options.temperature == 1 && options.topK == 0 && options.topP == 1 {
            // The mean of −logprob over tokens drawn from the model's own distribution estimates its entropy without bias.
            for logprobs in episode.turns.compactMap(\.logprobs) where logprobs.count > 0 {
                record("entropy", -logprobs.sum / Double(logprobs.count), weight: Double(logprobs.count))
            }
        }
    }

    /// Counts what was sampled outside rollouts as what it was for: `continuations` of the budget, or `writtenScores`.
    mutating func add(_ completions: [Completion], as kind: WritableKeyPath<GenerationBudget, Int>) {
        spent[keyPath: kind] += completions.count
        tokensSampled += completions.reduce(0) { $0 + $1.tokens.count }
    }

    /// Counts sequences whose logprobs were computed outside training: for a reference where the time is training's, else for a judge.
    mutating func addScored(_ sequences: [ScoredSequence], for phase: Phase) {
        if phase == .train { spent.referenceSequences += sequences.count } else { spent.probeSequences += sequences.count }
        tokensScored += sequences.reduce(0) { $0 + $1.tokenCount }
    }

    /// Counts what was left out because it is longer than a context.
    mutating func addTooLong(_ count: Int, as kind: TooLong) { tooLong[kind, default: 0] += count }

    /// Counts an optimiser step of a critic.
    ///
    /// - Throws: `WorkshopError.gradientNotFinite` for a gradient that cannot be applied: a critic is made anew, nothing is gained by going
    ///   on.
    mutating func addCritic(_ report: ObjectiveReport, _ outcome: OptimizerReport, sequences: Int) throws(WorkshopError) {
        tokensTrained += report.tokens
        spent.criticSequences += sequences
        spent.criticSteps += 1
        record("critic/loss", report.loss)
        record("critic/grad_norm", outcome.gradientNorm)
        for (name, value) in report.metrics { record("critic/" + name, value) }
        if !outcome.applied { throw .gradientNotFinite(stepsInARow: 1) }
    }

    /// Counts an optimiser step.
    ///
    /// - Throws: `WorkshopError.gradientNotFinite` where too many in a row were skipped.
    mutating func add(_ report: ObjectiveReport, _ outcome: OptimizerReport, sequences: Int, learningRate: Float) throws(WorkshopError) {
        tokensTrained += report.tokens
        spent.trainedSequences += sequences
        spent.optimizerSteps += 1
        record("loss", report.loss)
        record("learning_rate", Double(learningRate))
        record("grad_norm", outcome.gradientNorm)
        for (name, value) in report.metrics { record(name, value) }
        if outcome.applied {
            steps += 1
            skippedInARow = 0
        } else {
            skippedSteps += 1
            skippedInARow += 1
            if skippedInARow > Self.skippedStepsAllowed { throw .gradientNotFinite(stepsInARow: skippedInARow) }
        }
    }
}
