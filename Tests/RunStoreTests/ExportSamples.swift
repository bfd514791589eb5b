import Autodidact
import Foundation
import RunStore

/// Turns whose tokens are the scalars of their text, with one special token.
struct SpelledTurns: TurnReader {
    /// The special token that ends a turn.
    static let end: TokenID = -1

    var isConversational = false
    var templateArguments: [String: Bool] = [:]

    static func tokens(_ text: String) -> [TokenID] { text.unicodeScalars.map { TokenID($0.value) } }

    func said(_ tokens: [TokenID]) -> String { spelled(tokens.filter { $0 != Self.end }) }

    func spelled(_ tokens: [TokenID]) -> String {
        tokens.map { $0 == Self.end ? "<end>" : String(Unicode.Scalar(UInt32(bitPattern: $0)).map(Character.init) ?? "?") }.joined()
    }

    func observed(_ tokens: [TokenID]) throws -> String { said(tokens) }
}

/// Made-up runs to be exported.
enum ExportSamples {
    /// The `number`th problem of a split.
    static func problem(_ number: Int, split: Split = .train) -> Problem {
        let problems = (0...).lazy.map { index in
            Problem(task: "sums", canonical: "\(index)", prompt: "sum \(index)?\n", reference: "\(index)", level: 1)
        }.filter { $0.split == split }
        return Array(problems.prefix(number + 1))[number]
    }

    /// An episode of one turn, or of two where a first one is given.
    static func episode(
        _ problem: Problem, _ response: String, _ verdict: Verdict, after first: (text: String, verdict: Verdict?)? = nil, member: Int = 0,
        stop: StopReason = .endOfText
    ) -> Episode {
        func turn(_ text: String, _ verdict: Verdict?) -> Turn {
            let tokens = SpelledTurns.tokens(text) + [SpelledTurns.end], zeros = [Float](repeating: 0, count: tokens.count)
            return .policy(
                Completion(tokens: tokens, logprobs: Logprobs(zeros), drawnLogprobs: Logprobs(zeros), stopReason: stop), verdict: verdict)
        }
        let before = first.map { [turn($0.text, $0.verdict), .environment(SpelledTurns.tokens("again?\n"))] } ?? []
        return Episode(
            problem: problem, turns: [.environment(SpelledTurns.tokens(problem.prompt))] + before + [turn(response, nil)],
            response: response, stopReason: stop, verdict: verdict,
            origin: EpisodeOrigin(weightsHash: "w", step: 2, key: .max, member: member))
    }

    /// A run of these generations, all promoted; the first of the problems that its baseline read is `evaluated`.
    static func store(
        _ folder: URL, _ generations: [[Episode]], evaluated: String = "p", quarantined: Set<Int> = []
    ) async throws -> RunStore {
        let store = try RunStore(folder: folder), ledger = try store.ledger("otter-1", retaining: 3)
        let outcome = ProblemOutcome(problem: evaluated, level: 1, judged: 8, correct: 1, greedy: false)
        let baseline = EvaluationResult(
            split: .heldOut, samplesPerProblem: 8, temperature: 1, weightsHash: Records.snapshot(0).weightsHash, outcomes: [outcome],
            tokens: 1, meanTokens: 1, unscorable: 0)
        try await ledger.begin(Records.manifest(), base: Records.snapshot(0), baseline: baseline, spent: RunExpense())
        var incumbent = 0
        for (index, episodes) in generations.enumerated() {
            let number = index + 1, isPromoted = !quarantined.contains(number)
            let plain = Records.generation(number, promoted: isPromoted, incumbent: incumbent, episodes: episodes.count)
            let check = GateCheck(stage: .safety, name: "audit", isPassed: isPromoted, finding: "as planned")
            let record = GenerationRecord(
                number: number, candidateHash: plain.candidateHash, incumbentHash: plain.incumbentHash, episodes: plain.episodes,
                correct: 0, unscorable: 0, tokensSampled: 0, tokensTrained: 0, metrics: [:], evaluation: plain.evaluation,
                decision: GateDecision(
                    outcome: plain.decision.outcome, reason: "as planned", comparison: Records.comparison, checks: [check]),
                seconds: PhaseSeconds())
            try await ledger.commit(
                record, episodes: episodes, promoted: isPromoted ? Records.snapshot(number) : nil, spent: RunExpense())
            if isPromoted { incumbent = number }
        }
        return store
    }
}

/// What an export left in a folder.
struct ExportedFiles {
    let rows: [[String: Any]]
    let origins: [[String: Any]]
    let count: ExportCount

    /// Exports the run of `ExportSamples` and reads both files.
    init(_ store: RunStore, _ form: DatasetForm, _ reader: SpelledTurns = SpelledTurns(), in folder: URL) throws {
        let (file, origin) = (folder.appendingPathComponent("\(form).jsonl"), folder.appendingPathComponent("\(form).origins"))
        count = try store.exportEpisodes(of: "otter-1", as: form, reading: reader, to: file, provenance: origin)
        func lines(_ file: URL) throws -> [[String: Any]] {
            try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).compactMap {
                try JSONSerialization.jsonObject(with: $0) as? [String: Any]
            }
        }
        (rows, origins) = (try lines(file), try lines(origin))
    }

    /// A column of texts.
    func texts(_ column: String) -> [String] { rows.compactMap { $0[column] as? String } }

    /// A column of messages, each as role and content.
    func messages(_ column: String) -> [[String]] {
        rows.compactMap { row in
            (row[column] as? [[String: String]])?.map { "\($0["role"] ?? "?"): \($0["content"] ?? "?")" }
        }
    }
}
