import Autodidact
import Recipes

@testable import Studies

/// Small valid records.
enum SampleRecords {
    static let manifest = RunManifest(
        runID: "otter-1", recipe: "grpo", task: "countdown", model: "seedling", seed: .max - 3,
        settings: SettingsTree(defaults: RunSettings()).json, versions: ["engine": "1"], createdAt: 1_790_000_000.25)

    static func evaluation(_ correct: Int, split: Split = .heldOut) -> EvaluationResult {
        let outcomes = (0..<6).map { i in
            ProblemOutcome(
                problem: "p\(i)", level: 1 + i % 2, judged: i == 5 ? 0 : 4, correct: i == 5 ? 0 : min(4, correct),
                greedy: i == 5 ? nil : i < correct, flagged: i == 5 ? ["unscorable": 5] : [:])
        }
        return EvaluationResult(
            split: split, samplesPerProblem: 4, temperature: 0.5, weightsHash: "00ff", outcomes: outcomes, tokens: 99, meanTokens: 4.5,
            unscorable: 5)
    }

    private static let comparison = PairedComparison(
        n: 6, meanAtK: Estimate(0.1, low: -0.1, high: 0.3), pValue: 0.04, greedyDifference: 0.1, won: 2, lost: 1, mcNemarP: 1)

    /// A generation that promoted weights of a hash.
    static func generation(hash: String = "00ff") -> GenerationRecord {
        GenerationRecord(
            number: 1, candidateHash: hash, incumbentHash: hash, episodes: 8, correct: 4, unscorable: 1, tokensSampled: 99,
            tokensTrained: 77,
            metrics: ["loss": 0.25, "ratio": .infinity], evaluation: evaluation(3),
            decision: GateDecision(outcome: .promoted, reason: "p = 0.04", comparison: comparison),
            seconds: PhaseSeconds([.sample: 1.5, .train: 0.25]),
            pauses: [AlarmPause(alarm: Alarm(name: "audit", finding: "f", advice: "a"), since: 1)])
    }

    static let summary = RunSummary(
        before: evaluation(1, split: .sealed), after: evaluation(3, split: .sealed), comparison: comparison,
        examples: [ExamplePair(prompt: "1+1", before: "", verdictBefore: .wrong("no"), after: "2", verdictAfter: .correct)],
        weightsHash: "00ff",
        seconds: PhaseSeconds([.write: 2]), wallSeconds: 12)

    private static let quantity = StudyQuantity("mean@8", title: "mean@8", unit: .share)

    private static func arm(_ name: String, budget: String) -> StudyArmRecord {
        StudyArmRecord(
            name: name, summary: "what it does", estimate: 0.4, low: 0.3, high: 0.5, problems: 100, budget: budget,
            tokens: [StudyTokens(sampled: 10, trained: 20, evaluated: 30)], measuredSeconds: [1.5, 2],
            measurements: ["mean@8": StudyMeasurement(estimate: 0.4, low: 0.3, high: 0.5, values: [0.35, 0.45])],
            series: ["mean@8": [StudySeries(steps: [0, 1, 2], values: [0.1, 0.2, 0.4])]], settings: ["generations": "2"])
    }

    static let study = StudyRecord(
        slug: "nft", title: "A system", arxiv: "2501.00001", claim: "It works.", criterion: "It holds.", verdict: .partly,
        checks: [
            StudyCheck(
                name: "gain", text: "it gains", weight: .core, holds: true,
                figures: [StudyFigure("gain", 0.1), StudyFigure("gap", Estimate(0.2, low: 0.1, high: 0.3))])
        ], quantity: quantity, curves: [quantity], seeds: 2, draw: nil, scale: .full,
        arms: [arm("base", budget: "own: it does not train"), arm("system", budget: "equal")], notes: ["Nothing else."],
        model: StudyModel(name: "seedling", weightsHash: "00ff"), versions: ["engine": "1"], command: "autodidact study record")

    static let cell: StudyCell = {
        var measurements = Measurements()
        measurements["gain"] = 0.5
        measurements.append(0.1, to: "mean@8", step: 0)
        measurements.append(0.2, to: "mean@8", step: 1)
        return StudyCell(
            fingerprint: "abc", arm: "system", seed: 1, measurements: measurements,
            tokens: StudyTokens(sampled: 1, trained: 2, evaluated: 3),
            seconds: 2.5)
    }()

    static let episodes: [Episode] = (0..<8).map { i in
        let problem = Problem(task: "countdown", canonical: "\(i / 4)", prompt: "Make \(i / 4) é\n", reference: "1", level: 1)
        let completion = Completion(
            tokens: [5, 6, 7], logprobs: Logprobs([-0.5, -1, -2]), drawnLogprobs: Logprobs([]), stopReason: .endOfText)
        let verdict: Verdict = i < 4 ? .correct : i < 7 ? .wrong(score: 0.25, feedback: "no") : .unscorable(reason: "time-out")
        let turns: [Turn] =
            i == 0
            ? [.environment([1]), .policy(completion, verdict: verdict), .environment([2]), .policy(completion)]
            : [.environment([1, 2]), .policy(completion)]
        return Episode(
            problem: problem, turns: turns, response: "it is \(i)", stopReason: .endOfText, verdict: verdict,
            origin: EpisodeOrigin(weightsHash: "00ff", step: 0, key: UInt64(i), member: i % 4))
    }
}
