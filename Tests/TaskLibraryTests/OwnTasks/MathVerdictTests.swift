import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Verdicts of the math verifier")
struct MathVerdictTests {
    private func verdict(_ response: String, reference: String, prompt: String = "Solve.") -> Verdict {
        let problem = Problem(task: "own", canonical: prompt, prompt: prompt, reference: reference, level: 1)
        return AnswerVerifier(.math).verdict(on: response, for: problem)
    }

    @Test("a final answer of the reference's value is correct, however it is written")
    func correct() {
        #expect(verdict("We get $\\frac{2}{\\sqrt2}$, so \\boxed{\\sqrt{2}}.", reference: "\\frac{2}{\\sqrt{2}}") == .correct)
        #expect(verdict("The answer is 1/2.", reference: "0.5") == .correct)
        #expect(verdict("#### 1,234", reference: "6 * 2 = 12 and so on\n#### 1234") == .correct)
        #expect(verdict("\\boxed{x=3}", reference: "All in all, $x=\\boxed{3}$.") == .correct)
    }

    @Test("anything else is wrong, with a reason that does not tell the answer")
    func wrong() {
        let cases = [
            ("\\boxed{7}", "is not the answer"), ("\\boxed{8 or so}", "cannot be read"), ("\\boxed{8", "states no final answer"),
            ("", "states no final answer"), ("\\boxed{4+4}", "is not the answer"), ("\\boxed{7, 8}", "is not the answer"),
        ]
        for (response, reason) in cases {
            let verdict = verdict(response, reference: "8")
            #expect(verdict.reward == 0 && verdict.feedback.contains(reason), "\(response): \(verdict)")
        }
    }

    @Test("an answer that only repeats the question is wrong")
    func repetition() {
        let verdict = verdict("\\boxed{\\sqrt{50}}", reference: "5\\sqrt{2}", prompt: "Simplify $\\sqrt{50}$.")
        #expect(verdict.reward == 0 && verdict.feedback.contains("repeats the question"))
    }

    @Test("a reference that cannot be read counts as text, and none at all is unscorable")
    func references() {
        #expect(verdict("\\boxed{\\int x \\, dx}", reference: "\\int x\\,dx") == .correct)
        #expect(verdict("\\boxed{\\int y \\, dy}", reference: "\\int x\\,dx").reward == 0)
        #expect(verdict("5", reference: " ").reward == nil)
    }

    @Test("the check of a file names the answers that count as text, and accepts each as a response")
    func check() async throws {
        let answers = ["\\\\frac{1}{2}", "5 or so", "no solution", "\\\\int x dx", "x = 1, 2"]
        let rows = answers.enumerated().map { #"{"prompt": "p\#($0.offset)", "answer": "\#($0.element)"}"# }
        let task = try JSONLTask(Array(rows.joined(separator: "\n").utf8), file: "math.jsonl", judge: OwnJudge(.math))
        #expect(task.answersComparedAsText == [2, 4])
        for (line, problem) in task.problems {
            let solution = try #require(task.solution(to: problem))
            #expect(await task.verifier.verdict(on: solution, for: problem) == .correct, "line \(line)")
        }
        #expect(task.answer(in: "so \\boxed{\\frac{2}{4}}", to: task.problems[0].problem.question) == "1/2")
        let other = try JSONLTask(Array(rows.joined(separator: "\n").utf8), file: "math.jsonl", judge: OwnJudge(.exact))
        #expect(other.answersComparedAsText.isEmpty)
    }
}
