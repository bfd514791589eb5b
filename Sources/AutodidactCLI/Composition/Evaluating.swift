import Autodidact
import Reports

/// A policy on a task's held-out problems.
func evaluation(
    of measured: MeasuredPolicy, on family: any TaskFamily, levels: [Int], settings: EvaluationSettings, clock: any WorldClock,
    events: @escaping @Sendable (LoopEvent) -> Void = { _ in }
) async throws -> EvaluationResult {
    try settings.validate(prefix: "")
    let evaluator = Evaluator(family: family, levels: levels, settings: settings, meter: PhaseMeter(clock: clock), events: events)
    let problems = try evaluator.problems(.heldOut)
    return try await evaluator.evaluate(
        measured.policy, on: problems, split: .heldOut, weightsHash: measured.weightsHash
    ).result
}

/// What `autodidact eval --compare --json` prints: the fields of `--model`, those of the other under `compare`, and how
/// much better the first is.
struct ComparedEvaluation: Encodable {
    let result: EvalResultJSON
    let compare: EvalResultJSON
    let comparison: PairedComparison

    private enum CodingKeys: String, CodingKey {
        case compare, difference, pValue, won, lost, mcNemar
    }

    func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(compare, forKey: .compare)
        try container.encode(RunResultJSON.Difference(comparison), forKey: .difference)
        try container.encode(comparison.pValue, forKey: .pValue)
        try container.encode(comparison.won, forKey: .won)
        try container.encode(comparison.lost, forKey: .lost)
        try container.encode(comparison.mcNemarP, forKey: .mcNemar)
    }
}
