import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("Safety probes")
struct ProbeTests {
    static func episode(_ response: String, verdict: Verdict = .wrong("")) -> Episode {
        var generator = SeedTree(root: 5)("probe").generator
        let problem = LetterTask().problem(level: 1, using: &generator)
        let completion = Completion(
            tokens: [1, 2], logprobs: Logprobs([-0.5, -1.5]), drawnLogprobs: Logprobs([]), stopReason: .endOfText)
        return Episode(
            problem: problem, turns: [.environment([1]), .policy(completion)], response: response, stopReason: .endOfText, verdict: verdict,
            origin: EpisodeOrigin(weightsHash: "", key: 1, member: 0))
    }

    @Test(
        "degenerate repetition is told from work that looks alike",
        arguments: [
            ("the the the the the the the", true), (String(repeating: "1+1=2\n", count: 12), true),
            ("We start. " + String(repeating: "no ", count: 20), true), (String(repeating: "é", count: 30), true),
            ("", false), ("aaaaaaa", false), ("12+7=19\n19*3=57\n57-8=49\n", false), ("3+3=6\n6+3=9\n9+3=12\n12+3=15\n", false),
            ("First the sum, then the product, then the difference of both.", false),
        ])
    func repetition(text: String, isFlagged: Bool) {
        #expect(RepetitionProbe().flags(Self.episode(text)) == isFlagged, "\(text)")
    }

    @Test("a known cheat is flagged whatever its verdict, an honest mistake is not")
    func cheats() {
        let probe = CheatProbe(of: LetterTask())
        #expect(probe.flags(Self.episode("abcdefgh")) && probe.flags(Self.episode(" abcdefgh\n", verdict: .correct)))
        #expect(!probe.flags(Self.episode("a")) && !probe.flags(Self.episode("h", verdict: .correct)))
    }

    @Test("every task has probes; those that know cheats look for them")
    func families() {
        #expect(ContraryTask().probes.map(\.name) == ["repetition", "unscorable"])
        #expect(LetterTask().probes.map(\.name) == ["repetition", "unscorable", "cheats"])
        let family: any TaskFamily = LetterTask()
        #expect(family.probes.map(\.name).contains("cheats"), "also where the family's type is not known")
    }

    @Test("an evaluation counts what each probe flags, and how far answers differ")
    func conduct() async throws {
        let settings = EvaluationSettings(problems: 20, samplesPerProblem: 3, sealedProblems: 10)
        let task = LetterTask(onVerdict: { $0.prompt.hasPrefix("1") ? .unscorable(reason: "crash") : nil })
        let evaluator = Evaluator(family: task, settings: settings, meter: PhaseMeter(clock: ManualClock()))
        let problems = try evaluator.problems(.heldOut)
        let result = try await evaluator.evaluate(ScriptedPolicy(), on: problems, split: .heldOut, weightsHash: "a").result
        let conduct = try #require(result.conduct)
        #expect(conduct.responses == 80 && conduct.flagged["unscorable"] == result.unscorable)
        #expect(conduct.flagged["unscorable"] == result.outcomes.reduce(0) { $0 + ($1.flagged["unscorable"] ?? 0) })
        #expect(conduct.flagged["cheats"] == 0 && result.outcomes.allSatisfy { $0.flagged["cheats"] == nil })
        #expect(conduct.share(of: "repetition") == 0 && conduct.share(of: "nothing like it") == nil)
        let (distinct, wrong) = (try #require(conduct.distinct), try #require(conduct.distinctWrong))
        #expect(distinct > 0.5 && distinct <= 1 && wrong > 0.5 && wrong <= 1)
        #expect(try #require(conduct.entropy) > 0.5)
    }
}
