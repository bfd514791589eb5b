public import Autodidact
import Randomness
import Synchronization

extension StudyBench {
    private static let root = SeedTree(root: 0x7374_7564_7920_6F6E)

    /// The policy as it now is on a split of a task: the same problems and random streams for every arm, seed and study.
    ///
    /// - Parameter usage: How the policy meets the problems; in the task's own environments where nil.
    /// - Throws: `LoopError`, `WorkshopError.tooManyUnscorable`, `CancellationError`, or what the policy throws.
    public func evaluate(
        on family: any TaskFamily, levels: [Int] = [], split: Split = .heldOut, usage: StudyUsage? = nil, _ settings: EvaluationSettings
    ) async throws -> EvaluationResult {
        let hash = try await policy.snapshot().weightsHash
        let key = EvaluationCache.Key(
            draw: draw, task: family.card.slug, levels: levels, split: split, usage: usage?.name, settings: settings, weightsHash: hash)
        let evaluator = Evaluator(
            family: family, levels: levels, usage: usage?.usage, settings: settings, draw: draw, meter: meter,
            events: { [events] in events(.loop($0)) })
        let problems = try evaluator.problems(split)
        reserve(problems)
        if let known = cache[key] {
            count(evaluated: known.tokens)
            return known
        }
        let result = try await evaluator.evaluate(policy, on: problems, split: split, weightsHash: hash).result
        count(evaluated: result.tokens)
        cache[key] = result
        return result
    }

    /// A fixed list of problems, the same for every arm and seed; none of them can be trained on afterwards.
    ///
    /// Verdicts rest on sealed problems, so that trying a study out on held-out ones takes nothing away from them.
    ///
    /// - Throws: `LoopError.noProblems`.
    public func problems(
        _ count: Int, of family: any TaskFamily, levels: [Int] = [], split: Split = .sealed
    ) throws(LoopError) -> [Problem] {
        let settings = EvaluationSettings(problems: count, sealedProblems: count)
        let problems = try Evaluator(family: family, levels: levels, settings: settings, draw: draw, meter: meter).problems(split)
        reserve(problems)
        return problems
    }

    /// Judged attempts of the policy as it now is, for figures that an evaluation does not have; counted as measuring.
    ///
    /// Attempt i at a problem reads the same random stream in every arm and seed, unless `stream` names another.
    ///
    /// - Parameters:
    ///   - stream: Sets these draws apart from others on the same problems: by decoder, or by seed where only the base is measured.
    ///   - usage: How the policy meets the problems; in the task's own environments where nil.
    ///   - other: Who attempts; the bench's policy where nil.
    /// - Throws: `RolloutError`, `CancellationError`, or what the policy throws.
    public func attempts(
        on problems: [Problem], of family: any TaskFamily, usage: StudyUsage? = nil, samplesPerProblem: Int, options: SamplingOptions,
        stream: String = "attempt", by other: (any Policy)? = nil
    ) async throws -> [[Episode]] {
        let usage = usage?.usage ?? PolicyUsage(of: family)
        let rollouts = Rollouts(
            policy: other ?? policy, environment: usage.environment, maximumTurns: usage.maximumTurns, meter: meter, sampling: .evaluate,
            verifying: .evaluate)
        let hash = other == nil ? try await policy.snapshot().weightsHash : ""
        let origins = problems.map { RolloutOrigin(weightsHash: hash, key: Self.root(named: stream)(named: $0.id)) }
        let groups = try await rollouts.episodes(on: problems, origins: origins, count: samplesPerProblem, options: options)
        count(evaluated: groups.joined().reduce(0) { $0 + $1.sampledTokens })
        return groups
    }

    /// Options for attempts at a task; as many tokens as its longest answer needs.
    public func sampling(_ family: any TaskFamily, temperature: Float) -> SamplingOptions {
        SamplingOptions(temperature: temperature, maximumTokens: family.card.maximumCompletionTokens)
    }
}

/// How a policy meets the problems it is measured on, with a name that tells it from other ways.
public struct StudyUsage: Sendable {
    /// Its name: part of the arms' settings.
    public let name: String
    /// How.
    public let usage: PolicyUsage

    /// A usage; equal names must mean equal usages within a study.
    public init(_ name: String, _ usage: PolicyUsage) {
        self.name = name
        self.usage = usage
    }
}

/// Evaluations of equal weights under equal conditions, made once: all arms begin with the same base.
final class EvaluationCache: Sendable {
    struct Key: Hashable, Sendable {
        let draw: Int
        let task: String
        let levels: [Int]
        let split: Split
        let usage: String?
        let settings: EvaluationSettings
        let weightsHash: String
    }

    private let results = Mutex<[Key: EvaluationResult]>([:])

    subscript(key: Key) -> EvaluationResult? {
        get { results.withLock { $0[key] } }
        set { results.withLock { $0[key] = newValue } }
    }
}
