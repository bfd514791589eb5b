import Randomness

/// A policy's evaluation together with the greedy responses behind it.
public struct Evaluation: Sendable {
    /// The figures.
    public let result: EvaluationResult
    /// The greedy episode on each problem, in the order of the list.
    public let greedy: [Episode]
}

/// Evaluates policies on fixed lists of problems with common random numbers.
///
/// Neither problems nor draws depend on a run's seed: all policies meet the same problems and, sample by sample, the same random
/// streams, so that runs can be compared pairwise, with one another and over generations.
public struct Evaluator: Sendable {
    private static let root = SeedTree(root: 0x6576_616C_7561_7465)

    private let family: any TaskFamily
    private let levels: [Int]
    private let usage: PolicyUsage
    private let settings: EvaluationSettings
    private let draw: Int
    private let meter: PhaseMeter
    private let events: @Sendable (LoopEvent) -> Void

    /// An evaluator for a task; all its time is charged to `evaluate`.
    ///
    /// - Parameters:
    ///   - levels: The levels of the problems; the task's own choice where empty.
    ///   - usage: How the policy meets the problems; in the task's own environments unless told otherwise.
    ///   - draw: Which list of problems of a procedural task: others where a result is to be confirmed.
    public init(
        family: any TaskFamily, levels: [Int] = [], usage: PolicyUsage? = nil, settings: EvaluationSettings, draw: Int = 0,
        meter: PhaseMeter,
        events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
    ) {
        self.family = family
        self.levels = levels
        self.usage = usage ?? PolicyUsage(of: family)
        self.settings = settings
        self.draw = draw
        self.meter = meter
        self.events = events
    }

    /// The problems that a split is evaluated on: the same for all seeds, recipes and policies; fewer where the task has no more.
    ///
    /// - Throws: `LoopError.noProblems` where there is none.
    public func problems(_ split: Split) throws(LoopError) -> [Problem] {
        let key = (draw == 0 ? Self.root("problems") : Self.root("problems", draw))(named: family.card.slug)
        var stream = family.problems(split, levels: levels, key: key)
        let problems = stream.next(split == .sealed ? settings.sealedProblems : settings.problems)
        meter.charge(.evaluate)
        if problems.isEmpty { throw .noProblems(task: family.card.slug, split: split) }
        return problems
    }

    /// Samples and one greedy response on each problem, judged.
    ///
    /// - Parameter weightsHash: Names the weights in the result.
    /// - Throws: `WorkshopError.tooManyUnscorable`, `VerifierError`, `RolloutError`, `CancellationError`, or what the policy throws.
    public func evaluate(_ policy: any Policy, on problems: [Problem], split: Split, weightsHash: String) async throws -> Evaluation {
        let maximumTokens = family.card.maximumCompletionTokens
        let sampling = SamplingOptions(temperature: settings.temperature, maximumTokens: maximumTokens)
        let total = problems.count * (settings.samplesPerProblem + 1)
        var limit = UnscorableLimit()
        let watch = VerdictWatch(total, within: limit, isFinal: true, of: family.verifier) { [events] in
            events(.verdictMissing(phase: .evaluate, cause: $0))
        }
        let rollouts = Rollouts(
            policy: policy, environment: usage.environment, maximumTurns: usage.maximumTurns, meter: meter, sampling: .evaluate,
            verifying: .evaluate, watch: watch.note)
        let origins = problems.map { RolloutOrigin(weightsHash: weightsHash, key: Self.root("sample")(named: $0.id)) }
        var progress = Progress(total: total)
        func report(_ groups: [[Episode]]) throws {
            try family.verifier.confirm()
            try limit.count(groups.joined())
            progress.add(groups)
            events(.progress(phase: .evaluate, done: progress.done, total: progress.total, tokens: progress.tokens))
        }
        let samples = try await rollouts.episodes(
            on: problems, origins: origins, count: settings.samplesPerProblem, options: sampling, progress: report
        )
        let greedy = try await rollouts.episodes(
            on: problems, origins: origins, count: 1, options: .greedy(maximumTokens: maximumTokens), progress: report
        ).flatMap { $0 }
        try limit.finishEvaluation()
        let (sampled, probes) = (samples.joined(), family.probes)
        let outcomes = zip(samples, greedy).map { ProblemOutcome(samples: $0, greedy: $1, probes: probes) }
        let result = EvaluationResult(
            split: split,
            samplesPerProblem: settings.samplesPerProblem,
            temperature: settings.temperature,
            weightsHash: weightsHash,
            outcomes: outcomes,
            tokens: progress.tokens,
            meanTokens: Double(sampled.reduce(0) { $0 + $1.sampledTokens }) / Double(max(1, sampled.count)),
            unscorable: progress.unscorable,
            conduct: Conduct(samples: samples, outcomes: outcomes, probes: probes)
        )
        return Evaluation(result: result, greedy: greedy)
    }
}

/// How far an evaluation has come.
private struct Progress {
    let total: Int
    var done = 0
    var tokens = 0
    var unscorable = 0

    init(total: Int) { self.total = total }

    mutating func add(_ groups: [[Episode]]) {
        for episode in groups.joined() {
            done += 1
            tokens += episode.sampledTokens
            if episode.verdict.reward == nil { unscorable += 1 }
        }
    }
}

extension ProblemOutcome {
    fileprivate init(samples: [Episode], greedy: Episode, probes: [any SafetyProbe]) {
        self.init(
            problem: greedy.problem.id,
            level: greedy.problem.level,
            judged: samples.count { $0.verdict.reward != nil },
            correct: samples.count { $0.verdict.isCorrect },
            greedy: greedy.verdict.reward == nil ? nil : greedy.verdict.isCorrect,
            flagged: Dictionary(
                probes.map { probe in (probe.name, (samples + [greedy]).count { probe.flags($0) }) }, uniquingKeysWith: +)
        )
    }
}
