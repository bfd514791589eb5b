import Autodidact

/// What a run will draw and train on, and about what it will cost.
struct RunCost: Encodable {
    let generations: Int
    /// Training problems.
    let problems: Int
    /// Responses sampled for training.
    let samples: Int
    /// Responses sampled to evaluate, greedy ones included: the base, each candidate, and both ends on the sealed problems.
    let evaluationSamples: Int
    /// Sequences that pass through the trainer: at most, since what is learnt from is known only then.
    let sequencesTrained: Int
    /// At most.
    let optimizerSteps: Int
    /// Tokens in all responses, evaluation included.
    let tokensSampled: Int
    /// At most.
    let tokensTrained: Int
    let megabytes: Double
    let seconds: Seconds

    /// Estimated from the speed probe.
    struct Seconds: Encodable {
        let total: Double
        let sample: Double
        let verify: Double
        let train: Double
        let evaluate: Double
    }

    init(_ run: ComposedRun, speed: SpeedProbe) {
        let (budget, settings) = (run.recipe.budget, run.settings)
        let evaluation = settings.evaluation
        generations = settings.generations
        problems = budget.problems * generations
        samples = budget.episodes * generations
        let heldOut = min(evaluation.problems, run.task.count(.heldOut, levels: settings.levels) ?? .max)
        let sealed = min(evaluation.sealedProblems, run.task.count(.sealed, levels: settings.levels) ?? .max)
        let problemsRead = heldOut * (generations + 1) + 2 * sealed
        evaluationSamples = problemsRead * (evaluation.samplesPerProblem + 1)
        sequencesTrained = budget.trainedSequences * generations
        optimizerSteps = budget.optimizerSteps * generations
        let trained = Double(sequencesTrained) * (speed.tokensPerPrompt + speed.tokensPerResponse)
        tokensSampled = Self.whole(Double(samples + evaluationSamples) * speed.tokensPerResponse)
        tokensTrained = Self.whole(trained)
        megabytes = speed.peakMegabytes
        let secondsPerResponse = speed.tokensPerResponse / speed.sampledTokensPerSecond
        let sample = Double(samples) * secondsPerResponse
        let verify = Double(samples) / speed.judgedPerSecond
        let train = trained / speed.trainedTokensPerSecond
        let evaluate = Double(evaluationSamples) * (secondsPerResponse + 1 / speed.judgedPerSecond)
        seconds = Seconds(total: sample + verify + train + evaluate, sample: sample, verify: verify, train: train, evaluate: evaluate)
    }

    /// The whole number, or the largest there is.
    private static func whole(_ count: Double) -> Int { Int(exactly: count.rounded()) ?? .max }
}
