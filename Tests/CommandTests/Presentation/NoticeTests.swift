import Autodidact
import Testing

@testable import AutodidactCLI

@Suite("What a person is told of a run at once")
struct NoticeTests {
    private func result(_ outcomes: [ProblemOutcome]) -> LoopEvent {
        .baseline(
            EvaluationResult(
                split: .heldOut, samplesPerProblem: 2, temperature: 1, weightsHash: "", outcomes: outcomes, tokens: 0, meanTokens: 0,
                unscorable: 0))
    }

    private func outcome(correct: Int, greedy: Bool?) -> ProblemOutcome {
        ProblemOutcome(problem: "p", level: 1, judged: 2, correct: correct, greedy: greedy)
    }

    @Test("a verdict that is missing, with its cause and what comes of more, on one line")
    func verdictMissing() throws {
        let cause = "check.py ended with code 1\nbefore its verdict \u{1B}[2J" + String(repeating: "x", count: 9_999)
        let line = try #require(Notice.line(on: .verdictMissing(phase: .evaluate, cause: cause), advice: nil))
        #expect(line.hasPrefix("warning: a response could not be judged: check.py ended with code 1"))
        #expect(line.hasSuffix("an evaluation of which more than 2 % cannot, and five or more, ends the work"))
        #expect(!line.contains("\n") && !line.contains("\u{1B}") && line.count < 500)
        let other = try #require(Notice.line(on: .verdictMissing(phase: .verify, cause: "crash"), advice: nil))
        #expect(other.contains("crash; a generation of which"))
    }

    @Test("a base that solves nothing, with the advice, as soon as it was evaluated")
    func nothingSolved() {
        let event = result([outcome(correct: 0, greedy: false), outcome(correct: 0, greedy: nil)])
        let note = "note: no response of the base was judged right"
        #expect(Notice.line(on: event, advice: "take easier problems") == note + "; take easier problems")
        #expect(Notice.line(on: event, advice: nil) == note)
        for (correct, greedy) in [(1, false), (0, true)] {
            let event = result([outcome(correct: 0, greedy: false), outcome(correct: correct, greedy: greedy)])
            #expect(Notice.line(on: event, advice: "take easier problems") == nil)
        }
        #expect(Notice.line(on: .generationStarted(number: 1, of: 2), advice: "") == nil)
    }
}
