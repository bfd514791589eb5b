import Autodidact
import Backends

/// What a run will draw, score and train on, and about what it will cost.
///
/// Counts that depend on what comes out are the most that the recipe's settings allow, as its `GenerationBudget` states them.
struct RunCost: Encodable {
    let generations: Int
    /// Training problems.
    let problems: Int
    /// Episodes for training, those that searches come upon included.
    let samples: Int
    /// Of these, those of searches, whose turns are among the continuations.
    let searchedSamples: Int
    /// The most turns of an episode.
    let turnsPerEpisode: Int
    /// The most steps of an episode, among those tried.
    let stepsPerEpisode: Int
    /// Sequences sampled for training outside rollouts: at most.
    let continuations: Int
    /// Scores that judges write, of a few tokens each: at most.
    let writtenScores: Int
    /// Responses sampled to evaluate, greedy ones included: the base and each candidate, protected tasks included, and both ends on the
    /// sealed problems.
    let evaluationSamples: Int
    /// Sequences that pass through the trainer: at most, since what is learnt from is known only then.
    let sequencesTrained: Int
    /// At most.
    let optimizerSteps: Int
    /// Sequences that reference policies score: at most.
    let referenceSequences: Int
    /// Sequences that judges score, one for each label: at most.
    let probeSequences: Int
    /// Sequences that critics learn from: at most.
    let criticSequences: Int
    /// Optimiser steps of critics: at most.
    let criticSteps: Int
    /// Tokens in all responses, evaluation, continuations and written scores included: at most, where there are any of the latter two.
    let tokensSampled: Int
    /// At most, critics' included.
    let tokensTrained: Int
    /// Read by references and judges: at most.
    let tokensScored: Int
    /// At its peak: an upper estimate.
    let megabytes: Double
    let seconds: Seconds

    /// Estimated from the speed probe; references' work counts as training, judges' as verifying, as in a run.
    struct Seconds: Encodable {
        let total: Double
        let sample: Double
        let verify: Double
        let train: Double
        let evaluate: Double
    }

    init(_ run: ComposedRun, policy: EmbeddedPolicy, speed: SpeedProbe) {
        let (settings, evaluation) = (run.settings, run.settings.evaluation)
        let budgets = (1...settings.generations).map {
            run.recipe.budget(ofGeneration: $0, stepsPerEpisode: speed.stepsPerEpisode)
        }
        func sum(_ count: (GenerationBudget) -> Int) -> Int { budgets.reduce(0) { Self.sum($0, count($1)) } }
        generations = settings.generations
        problems = sum(\.problems)
        samples = sum(\.episodes)
        searchedSamples = sum(\.searchedEpisodes)
        turnsPerEpisode = run.recipe.usage(of: run.family).maximumTurns
        stepsPerEpisode = speed.stepsPerEpisode
        continuations = sum(\.continuations)
        writtenScores = sum(\.writtenScores)
        let heldOut = min(evaluation.problems, run.task.count(.heldOut, levels: settings.levels) ?? .max)
        let sealed = min(evaluation.sealedProblems, run.task.count(.sealed, levels: settings.levels) ?? .max)
        // What a protected task costs is not known without trying it; it is taken for a problem of the run's own.
        let protected = settings.retention.tasks.count * settings.retention.problems
        let problemsRead = (heldOut + protected) * (generations + 1) + 2 * sealed
        evaluationSamples = problemsRead * (evaluation.samplesPerProblem + 1)
        sequencesTrained = sum(\.trainedSequences)
        optimizerSteps = sum(\.optimizerSteps)
        referenceSequences = sum(\.referenceSequences)
        probeSequences = sum(\.probeSequences)
        criticSequences = sum(\.criticSequences)
        criticSteps = sum(\.criticSteps)

        // A continuation is at most a turn; what a search comes upon was sampled turn by turn.
        let episodes = Double(samples - searchedSamples) + Double(continuations) / speed.turnsPerEpisode
        let trained = Double(sequencesTrained) * speed.tokensThroughModel + Double(criticSequences) * speed.tokensPerProbe
        let referenced = Double(referenceSequences) * speed.tokensThroughModel
        let probed = Double(probeSequences) * speed.tokensPerProbe
        let written = Double(writtenScores) * Double(BlindWorkshop.longestWrittenScore)
        tokensSampled = Self.whole((episodes + Double(evaluationSamples)) * speed.tokensPerEpisode + written)
        tokensTrained = Self.whole(trained)
        tokensScored = Self.whole(referenced + probed)
        let evaluated = max(heldOut, sealed, settings.retention.problems) * (evaluation.samplesPerProblem + 1)
        megabytes = MemoryEstimate(run, budgets: budgets, evaluated: evaluated, policy: policy, speed: speed).megabytes

        // No verifier judges a written score; the question has to be read before it.
        let sample =
            episodes * speed.samplingSecondsPerEpisode + written * speed.samplingSecondsPerToken
            + Double(writtenScores) * speed.tokensPerProbe / speed.scoredTokensPerSecond
        let verify = episodes * speed.judgingSecondsPerEpisode + probed / speed.scoredTokensPerSecond
        let train = trained / speed.trainedTokensPerSecond + referenced / speed.scoredTokensPerSecond
        let evaluate = Double(evaluationSamples) * (speed.samplingSecondsPerEpisode + speed.judgingSecondsPerEpisode)
        seconds = Seconds(total: sample + verify + train + evaluate, sample: sample, verify: verify, train: train, evaluate: evaluate)
    }

    /// The sum, or the largest number there is.
    private static func sum(_ first: Int, _ second: Int) -> Int {
        let (sum, isTooLarge) = first.addingReportingOverflow(second)
        return isTooLarge ? .max : sum
    }

    /// The whole number, or the largest there is.
    private static func whole(_ count: Double) -> Int { Int(exactly: count.rounded()) ?? .max }
}
