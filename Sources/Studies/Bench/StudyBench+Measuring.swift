public import Autodidact
import Randomness
import Synchronization

extension StudyBench {
    private static let root = SeedTree(root: 0x7374_7564_7920_6F6E)

    /// The policy as it now is on a split of a task: the same problems and random streams for every arm, seed and study.
    ///
    /// - Throws: `LoopError`, `WorkshopError.tooManyUnscorable`, `CancellationError`, or what the policy throws.
    public func evaluate(
        on family: any TaskFamily, levels: [Int] = [], split: Split = .heldOut, _ settings: EvaluationSettings
    ) async throws -> EvaluationResult {
        let hash = try await policy.snapshot().weightsHash
        let key = EvaluationCache.Key(task: family.card.slug, levels: levels, split: split, settings: settings, weightsHash: hash)
        if let known = cache[key] {
            count(evaluated: known.tokens)
            return known
        }
        let evaluator = Evaluator(
            family: family, levels: levels, settings: settings, meter: meter, events: { [events] in events(.loop($0)) })
        let result = try await evaluator.evaluate(policy, on: try evaluator.problems(split), split: split, weightsHash: hash).result
        count(evaluated: result.tokens)
        cache[key] = result
        return result
    }

    /// A fixed list of problems, the same for every arm and seed.
    ///
    /// - Throws: `LoopError.noProblems`.
    public func problems(
        _ count: Int, of family: any TaskFamily, levels: [Int] = [], split: Split = .heldOut
    ) throws(LoopError) -> [Problem] {
        let settings = EvaluationSettings(problems: count, sealedProblems: count)
        return try Evaluator(family: family, levels: levels, settings: settings, meter: meter).problems(split)
    }

    /// Judged attempts of the policy as it now is, for figures that an evaluation does not have; counted as measuring.
    ///
    /// Attempt i at a problem reads the same random stream in every arm and seed.
    ///
    /// - Parameter by: Who attempts; the bench's policy where nil.
    /// - Throws: `RolloutError`, `CancellationError`, or what the policy throws.
    public func attempts(
        on problems: [Problem], of family: any TaskFamily, samplesPerProblem: Int, options: SamplingOptions, by other: (any Policy)? = nil
    ) async throws -> [[Episode]] {
        let rollouts = Rollouts(
            policy: other ?? policy, verifier: family.verifier, meter: meter, sampling: .evaluate, verifying: .evaluate)
        let hash = other == nil ? try await policy.snapshot().weightsHash : ""
        let origins = problems.map { RolloutOrigin(weightsHash: hash, key: Self.root("attempt")(named: $0.id)) }
        let groups = try await rollouts.episodes(on: problems, origins: origins, count: samplesPerProblem, options: options)
        count(evaluated: groups.joined().reduce(0) { $0 + $1.sampledTokens })
        return groups
    }

    /// Options for attempts at a task; as many tokens as its longest answer needs.
    public func sampling(_ family: any TaskFamily, temperature: Float) -> SamplingOptions {
        SamplingOptions(temperature: temperature, maximumTokens: family.card.maximumCompletionTokens)
    }
}

/// Evaluations of equal weights under equal conditions, made once: all arms begin with the same base.
final class EvaluationCache: Sendable {
    struct Key: Hashable, Sendable {
        let task: String
        let levels: [Int]
        let split: Split
        let settings: EvaluationSettings
        let weightsHash: String
    }

    private let results = Mutex<[Key: EvaluationResult]>([:])

    subscript(key: Key) -> EvaluationResult? {
        get { results.withLock { $0[key] } }
        set { results.withLock { $0[key] = newValue } }
    }
}
