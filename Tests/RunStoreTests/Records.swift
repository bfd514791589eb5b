import Autodidact
import Foundation
import Randomness
import RunStore

/// Made-up records of a run, each a function of its number.
enum Records {
    static func manifest(_ runID: String = "otter-1") -> RunManifest {
        RunManifest(
            runID: runID, recipe: "expert-iteration", task: "countdown", model: "seedling", seed: .max - 3, settings: #"{"a":1}"#,
            versions: ["engine": "1"], createdAt: 1_790_000_000.25
        )
    }

    static func snapshot(_ number: Int, bytes: Int = 3000) -> PolicySnapshot {
        var generator = SeedTree(root: 7)("weights", number).generator
        return PolicySnapshot(
            weights: (0..<bytes).map { _ in UInt8(truncatingIfNeeded: generator.next()) },
            optimizer: [UInt8](repeating: UInt8(number), count: 50)
        )
    }

    static func evaluation(_ number: Int, split: Split = .heldOut) -> EvaluationResult {
        let outcomes = (0..<10).map { i in
            ProblemOutcome(
                problem: "p\(i)", level: 1 + i % 3, judged: i == 9 ? 0 : 8, correct: i == 9 ? 0 : min(8, number),
                greedy: i == 9 ? nil : i < number)
        }
        return EvaluationResult(
            split: split, samplesPerProblem: 8, temperature: 0.7, weightsHash: snapshot(number).weightsHash, outcomes: outcomes,
            tokens: 1234,
            meanTokens: 15.425000000000001, unscorable: 9
        )
    }

    static let comparison = PairedComparison(
        n: 10, meanAtK: Estimate(0.1, low: -1 / 3, high: 0.30000000000000004), pValue: 1e-17, greedyDifference: 0.1, won: 2, lost: 1,
        mcNemarP: 1
    )

    /// Generation `number`, whose incumbent before it was made by `incumbent`.
    static func generation(_ number: Int, promoted: Bool, incumbent: Int, episodes: Int) -> GenerationRecord {
        GenerationRecord(
            number: number, candidateHash: snapshot(number).weightsHash, incumbentHash: snapshot(promoted ? number : incumbent).weightsHash,
            episodes: episodes, correct: min(1, episodes), unscorable: min(1, episodes), tokensSampled: 99, tokensTrained: 77,
            metrics: ["loss": 0.1 + 0.2, "ratio": .infinity], evaluation: evaluation(number),
            decision: GateDecision(outcome: promoted ? .promoted : .rolledBack, reason: "p = 0.04 \u{0}é", comparison: comparison),
            seconds: PhaseSeconds([.sample: 1.5, .train: 0.25])
        )
    }

    static func summary(_ number: Int) -> RunSummary {
        RunSummary(
            before: evaluation(0, split: .sealed), after: evaluation(number, split: .sealed), comparison: comparison,
            examples: [ExamplePair(prompt: "1+1", before: "", verdictBefore: .wrong("no"), after: "2\u{0}", verdictAfter: .correct)],
            weightsHash: snapshot(number).weightsHash, seconds: PhaseSeconds([.write: 2]), wallSeconds: 12
        )
    }

    static func expense(_ number: Int) -> RunExpense {
        RunExpense(seconds: PhaseSeconds([.sample: Double(number) / 3]), wall: Double(number) * 1.1)
    }

    /// Episodes of all verdicts and shapes, eight a problem.
    static func episodes(_ count: Int, generation: Int = 1, tokens: Int = 5) -> [Episode] {
        var generator = SeedTree(root: 3)("episodes", generation).generator
        return (0..<count).map { i in
            let problem = Problem(
                task: "countdown", canonical: "\(generation)/\(i / 8)", prompt: "Make \(i / 8)\u{0} é", reference: "\(i % 2)",
                level: 1 + i % 2)
            let length = i % 11 == 10 ? 0 : 1 + Int(generator.index(below: 2 * tokens))
            let completion = Completion(
                tokens: (0..<length).map { _ in TokenID(truncatingIfNeeded: generator.next()) },
                logprobs: Logprobs((0..<length).map { _ in -Float(generator.uniform()) }), drawnLogprobs: Logprobs([]),
                stopReason: StopReason.allCases[i % 3])
            let verdict: Verdict =
                switch i % 4 {
                case 0: .correct
                case 1: .wrong(score: generator.uniform(), feedback: "wrong\u{0}so")
                case 2: .wrong("")
                default: .unscorable(reason: "time-out")
                }
            let single: [Turn] = [.environment([1, -2, 3]), .policy(completion)]
            let double: [Turn] = [
                .environment([1]), .policy(completion, verdict: verdict), .environment([]), .policy(completion),
            ]
            return Episode(
                problem: problem, turns: i % 5 == 4 ? double : single,
                response: length == 0 ? "" : "answer \(i) \u{0} 🦦", stopReason: completion.stopReason, verdict: verdict,
                origin: EpisodeOrigin(weightsHash: snapshot(generation - 1).weightsHash, step: i % 3, key: generator.next(), member: i % 8)
            )
        }
    }
}

extension StopReason {
    static let allCases: [StopReason] = [.endOfText, .stopString, .length]
}

/// A folder of its own, removed at the end.
func withFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    do {
        let result = try await body(folder)
        try FileManager.default.removeItem(at: folder)
        return result
    } catch {
        try FileManager.default.removeItem(at: folder)
        throw error
    }
}
