import Autodidact
import Foundation
import Testing

@testable import Reports

@Suite("Terminal text and JSON")
struct TerminalTextTests {
    @Test("the plain log has one line for each event worth one")
    func plainLog() throws {
        let dossier = try SampleRun.dossier(generations: 1)
        let record = dossier.generations[0]
        let summary = try #require(dossier.summary)
        var log = PlainLog(at: .zero)
        let events: [LoopEvent] = [
            .baseline(try #require(dossier.baseline)),
            .progress(phase: .evaluate, done: 1, total: 9, tokens: 10),
            .generationStarted(number: 1, of: 8),
            .progress(phase: .sample, done: 10, total: 20, tokens: 500),
            .progress(phase: .sample, done: 20, total: 20, tokens: 1_000),
            .progress(phase: .train, done: 1, total: 2, tokens: 1_000),
            .generationCommitted(record),
            .finished(summary),
        ]
        let lines = events.enumerated().compactMap { log.line(for: $1, at: .seconds(70 * $0)) }
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("[0 s] base on 200 held-out problems: mean@8 "))
        #expect(lines[1] == "[2 min 20 s] generation 1 of 8")
        #expect(lines[2] == "[4 min 40 s] generation 1 drew its first 20 samples, 1.00 k tokens")
        #expect(lines[3] == "[7 min 0 s] generation 1 \(record.decision.outcome.rawValue): \(record.decision.explanation)")
        #expect(lines[4].hasPrefix("[8 min 10 s] finished: sealed problems mean@8 "))
        #expect(lines.allSatisfy { !$0.contains("\n") && !$0.contains("\u{1B}") })
    }

    @Test("sampling that stops early is logged when training begins")
    func samplingStopsEarly() {
        var log = PlainLog(at: .zero)
        _ = log.line(for: .generationStarted(number: 2, of: 3), at: .zero)
        #expect(log.line(for: .progress(phase: .sample, done: 5, total: 20, tokens: 70), at: .zero) == nil)
        let line = log.line(for: .progress(phase: .train, done: 1, total: 2, tokens: 9), at: .zero)
        #expect(line == "[0 s] generation 2 drew its first 5 samples, 70 tokens")
        #expect(log.line(for: .progress(phase: .train, done: 2, total: 2, tokens: 9), at: .zero) == nil)
    }

    private static func summary(from before: String, to after: String) -> RunSummary {
        func result(correct: Int, hash: String) -> EvaluationResult {
            let outcomes = (0..<4).map { ProblemOutcome(problem: "\($0)", level: 1, judged: 2, correct: correct, greedy: correct == 2) }
            return EvaluationResult(
                split: .sealed, samplesPerProblem: 2, temperature: 1, weightsHash: hash, outcomes: outcomes, tokens: 80, meanTokens: 6.5,
                unscorable: 0
            )
        }
        let comparison = PairedComparison(
            n: 4, meanAtK: Estimate(1, low: 1, high: 1), pValue: 0.125, greedyDifference: 1, won: 4, lost: 0, mcNemarP: 0.125
        )
        return RunSummary(
            before: result(correct: 0, hash: before), after: result(correct: 2, hash: after), comparison: comparison, examples: [],
            weightsHash: after, seconds: PhaseSeconds([.sample: 60, .train: 30, .evaluate: 9]), wallSeconds: 100
        )
    }

    private static func text(_ summary: RunSummary, _ manifest: RunManifest = SampleRun.manifest) -> String {
        runSummaryText(summary: summary, records: [], manifest: manifest, reportPath: "/runs/report.html", color: .none)
    }

    @Test("the summary of a run says what was learned: weights or an adapter, or nothing")
    func learned() throws {
        #expect(Self.text(Self.summary(from: "a", to: "a")).contains("weights     a, the base model's: nothing was promoted\n"))
        let adapted = SampleRun.manifestWith(settings: #"{"adapter":{"alpha":16,"rank":4,"rsLoRA":false,"targets":["q_proj","v_proj"]}}"#)
        let text = Self.text(Self.summary(from: "a", to: "b"), adapted)
        #expect(text.contains("adapter     rank 4, alpha 16, on q_proj,v_proj, over the weights of seedling, which stay as they are\n"))
        #expect(text.contains("learned     the adapter b\n") && text.contains("--adapter DIR") && !text.contains("weights  "))
        #expect(Self.text(Self.summary(from: "a", to: "a"), adapted).contains("learned     nothing: no candidate was promoted\n"))
        let result = RunResultJSON(summary: Self.summary(from: "a", to: "b"), records: [], manifest: adapted, report: "")
        #expect(result.adapter?.rank == 4 && result.weightsHash == "b")
    }

    @Test("the summary of a run, with figures that were fixed by hand")
    func runSummary() {
        let text = runSummaryText(
            summary: Self.summary(from: "a", to: "b"), records: [], manifest: SampleRun.manifest, reportPath: "/runs/report.html",
            color: .none
        )
        let expected = """
            expert-iteration on countdown · seedling · seed 1 · run 2026-11-14-expert-iteration-7f3a
            No improvement shown

              4 sealed problems  before                 after
              mean@2              0.0 %  [0.0, 60.2]  100.0 %  [39.8, 100.0]
              pass@2              0.0 %  [0.0, 60.2]  100.0 %  [39.8, 100.0]
              greedy              0.0 %  [0.0, 49.0]  100.0 %  [51.0, 100.0]

              difference  +100.0 points [100.0, 100.0], p = 0.125, n = 4
              note        interval (bootstrap) and p (sign-flip test) are two methods, and disagree about 0 here: take it as not shown
              greedy      4 won, 0 lost, p = 0.125
              gate        0 promoted, 0 rolled back in 0 generations
              tokens      0 sampled, 0 trained
              time        1 min 40 s: sample 1 min 0 s · verify 0 s · train 30 s · evaluate 9 s · write 0 s · unexplained 1 s
              weights     b
              report      /runs/report.html
              go on       autodidact export 2026-11-14-expert-iteration-7f3a --model DIR
            """
        #expect(text == expected)
    }

    @Test("time that phases explain, all but what cannot be seen, is not told of apart")
    func explained() {
        let summary = Self.summary(from: "a", to: "b")
        let whole = RunSummary(
            before: summary.before, after: summary.after, comparison: summary.comparison, examples: [], weightsHash: "b",
            seconds: summary.seconds, wallSeconds: 99.2)
        let text = Self.text(whole)
        #expect(text.contains("time        1 min 39 s: ") && text.contains(" · write 0 s\n") && !text.contains("unexplained"))
    }

    @Test("commands to go on with have the options that find the run and its model, as a shell reads them")
    func places() {
        let places = CommandPlaces(store: CommandPlaces.option("--store", "my runs"), models: CommandPlaces.option("--models", "/m"))
        let text = runSummaryText(
            summary: Self.summary(from: "a", to: "b"), records: [], manifest: SampleRun.manifest, reportPath: nil, places: places,
            color: .none)
        let run = SampleRun.manifest.runID
        #expect(text.contains("autodidact report \(run) --store 'my runs'\n"))
        #expect(text.hasSuffix("autodidact export \(run) --store 'my runs' --models /m --model DIR"))
        #expect(CommandPlaces.option("--models", nil).isEmpty)
    }

    @Test("advice, and no command to export the base, is given where nothing was promoted, and only there")
    func advice() throws {
        func text(_ summary: RunSummary) -> String {
            runSummaryText(
                summary: summary, records: [], manifest: SampleRun.manifest, reportPath: nil, advice: "take arithmetic", color: .none)
        }
        let none = SampleRun.evaluation(skill: 0, split: .sealed, hash: "base")
        let unsolved = RunSummary(
            before: none, after: none, comparison: try PairedComparison.between(incumbent: none, candidate: none), examples: [],
            weightsHash: "base", seconds: PhaseSeconds(), wallSeconds: 0)
        for words in ["no response to these problems was judged right", "advice      take arithmetic\n"] {
            #expect(text(unsolved).contains(words))
        }
        #expect(!text(Self.summary(from: "a", to: "b")).contains("advice"))
        let unchanged = text(try SampleRun.summary(changed: false))
        for text in [unchanged, text(unsolved)] { #expect(!text.contains("export"), "of the base there is nothing to export") }
        #expect(unchanged.contains("advice      take arithmetic\n") && unchanged.contains("report"))
    }

    @Test("colour adds escape sequences and nothing else")
    func coloredSummary() throws {
        let dossier = try SampleRun.dossier(generations: 2)
        let summary = try #require(dossier.summary)
        func text(_ color: TerminalColor) -> String {
            runSummaryText(
                summary: summary, records: dossier.generations, manifest: dossier.manifest, reportPath: nil, color: color)
        }
        #expect(text(.ansi) != text(.none))
        #expect(withoutColor(text(.ansi)) == text(.none))
        #expect(text(.none).contains("Better on problems it had never seen"))
    }

    @Test("interval and p-value that disagree about 0 are said to be two methods, others are not")
    func disagreement() {
        func lines(_ low: Double, _ high: Double, p: Double) -> [String] {
            let comparison = PairedComparison(
                n: 90, meanAtK: Estimate((low + high) / 2, low: low, high: high), pValue: p, greedyDifference: 0, won: 1, lost: 1,
                mcNemarP: 1)
            return comparisonFacts(comparison).map(\.0)
        }
        let (plain, noted) = (["difference", "greedy"], ["difference", "note", "greedy"])
        #expect(lines(0.01, 0.04, p: 0.003) == plain && lines(-0.04, -0.01, p: 0.003) == plain && lines(-0.01, 0.04, p: 0.2) == plain)
        #expect(lines(0.001, 0.04, p: 0.06) == noted && lines(-0.04, 0.001, p: 0.04) == noted && lines(0, 0, p: 1) == plain)
    }

    @Test("evaluations and comparisons")
    func evaluations() throws {
        let before = SampleRun.evaluation(skill: 0.2, split: .heldOut, hash: "a")
        let after = SampleRun.evaluation(skill: 0.5, split: .heldOut, hash: "b", seed: 4)
        let single = evaluationText(model: "seedling", task: "countdown", result: before, color: .none)
        #expect(single.hasPrefix("seedling on countdown\n  200 held-out problems\n  mean@8"))
        #expect(single.hasSuffix("43.2 k tokens, 24.2 for each sample, 0 unscorable"))
        let both = comparisonText(
            task: "countdown", incumbent: ("seedling", before), candidate: ("/models/x", after),
            comparison: try PairedComparison.between(incumbent: before, candidate: after), color: .none
        )
        #expect(both.hasPrefix("x against seedling on countdown\n") && !both.contains("/models"))
        #expect(both.contains("difference  +"))
    }

    @Test("tables align, cut only where a width is given, and show control characters")
    func tables() {
        let columns = [TextColumn("name"), TextColumn("n", isRightAligned: true), TextColumn("what")]
        let rows = [["countdown", "7", "reach the target"], ["漢字", "123", "two\nlines\u{1B}[0m"], ["x"]]
        #expect(
            table(columns: columns, rows: rows) == """
                name         n  what
                countdown    7  reach the target
                漢字       123  two␊lines␛[0m
                x
                """
        )
        #expect(table(columns: columns, rows: rows, width: 20).split(separator: "\n")[1] == "countdown    7  rea…")
        #expect(table(columns: [], rows: []) == "")
    }

    @Test("run --json has exactly the fields of the contract")
    func runJSON() throws {
        let dossier = try SampleRun.dossier(generations: 3)
        let summary = try #require(dossier.summary)
        let result = RunResultJSON(
            summary: summary, records: dossier.generations, manifest: dossier.manifest, report: "/tmp/r.html")
        let text = try jsonText(result)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(
            object.keys.sorted() == [
                "after", "alarms", "audits", "before", "difference", "gated", "k", "lost", "mcNemar", "n", "pValue", "pauses",
                "promotions", "recipe", "refusals", "report", "rollbacks", "runID", "seconds", "seed", "task", "tokensSampled",
                "tokensTrained", "weightsHash",
                "won",
            ]
        )
        func keys(_ name: String) -> [String]? { (object[name] as? [String: Any])?.keys.sorted() }
        #expect(keys("before") == ["greedy", "meanAtK", "passAtK"])
        #expect(keys("after") == ["greedy", "meanAtK", "passAtK"])
        #expect(keys("difference") == ["estimate", "high", "low"])
        #expect(keys("seconds") == ["evaluate", "sample", "total", "train", "verify", "write"])
        #expect(object["tokensSampled"] as? Int == 3 * 98_304)
        #expect(text.contains("\"report\" : \"/tmp/r.html\""))
        #expect(try JSONDecoder().decode(RunResultJSON.self, from: Data(text.utf8)) == result)
    }

    @Test("eval --json has exactly the fields of the contract")
    func evalJSON() throws {
        let evaluation = SampleRun.evaluation(skill: 0.4, split: .heldOut, hash: "a")
        let text = try jsonText(EvalResultJSON(model: "seedling", task: "countdown", result: evaluation))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object.keys.sorted() == ["greedy", "k", "meanAtK", "model", "n", "passAtK", "task"])
        for name in ["meanAtK", "passAtK", "greedy"] {
            #expect((object[name] as? [String: Any])?.keys.sorted() == ["high", "low", "value"])
        }
    }
}
