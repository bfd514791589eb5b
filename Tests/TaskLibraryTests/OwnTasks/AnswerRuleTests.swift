import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Answers of own tasks")
struct AnswerRuleTests {
    @Test(
        "numbers that are equal have one text",
        arguments: [
            ("1", ["1", "01", "+1", "1.0", "100e-2", "2/2", "0.1e1"]), ("0", ["0", "-0", "0.000", "0e5", "0/7"]),
            ("0.1", ["0.1", ".1", "1/10", "1e-1", "10e-2"]), ("-1234.5", ["-1,234.5", "-1234.50", "-2469/2"]),
            ("1/3", ["1/3", "2/6", "+3/9"]), ("0.00000762939453125", ["1/131072"]), ("49999999999999999.5", ["99999999999999999/2"]),
            ("1e41", ["1e41", "100e39"]), ("1e-41", ["1e-41", "0.1e-40"]), ("1000", ["1,000", "1E3", "1e+3"]),
        ])
    func equal(text: String, spellings: [String]) {
        for spelling in spellings { #expect(ExactNumber(spelling)?.text == text, "\(spelling)") }
        #expect(ExactNumber(text)?.text == text)
    }

    @Test("numbers that differ by less than a Double can tell have different texts")
    func different() {
        let texts = [
            "0.1", "0.10000000000000001", "0.1000000000000000055511151231257827", "100000000000000001", "100000000000000000", "1/3",
        ]
        #expect(Set(texts.compactMap { ExactNumber($0)?.text }).count == texts.count)
        #expect(ExactNumber("0.3333333333333333333333333333") != ExactNumber("1/3"))
    }

    @Test(
        "what is no number is not read",
        arguments: [
            "", "-", ".", "5.", "1,23", "1,2345", ",123", "1..2", "1/0", "1/2/3", "1.5/2", "1e", "1e+", "1e1000", "1 2", "x", "0x10", "٣",
            "--1",
            "1/123456789012345678", "nan", "inf", String(repeating: "9", count: 201),
        ])
    func unread(text: String) {
        #expect(ExactNumber(text) == nil)
    }

    @Test(
        "number takes the last number that a response states",
        arguments: [
            ("The answer is 42.", "42"), ("17+25=42\n42*3=126", "126"), ("= 17 + 25 = 42", "42"), ("-5", "-5"), ("x = \u{2212}5", "-5"),
            ("- 5", "5"), ("**5**", "5"), ("**Answer:** 5", "5"), ("\\boxed{-72}", "-72"), ("$-5$", "-5"), ("-$1,234.50", "-1234.5"),
            ("3/4", "0.75"), ("5 km", "5"), ("5%", "5"), ("1e-5", "0.00001"), ("(3, 5)", "5"), ("答案是5", "5"), ("#### 72\n", "72"),
            ("so 5!", "5"), ("{5}", "5"), ("3 of 4 = .75", "0.75"), ("it costs €7", "7"),
        ])
    func lastNumber(response: String, answer: String) {
        #expect(AnswerRule.number.answer(in: response) == answer)
    }

    @Test(
        "number guesses nothing where the last digit belongs to something else",
        arguments: [
            "none", "", "17 + 25", "17+25", "5-3", "5 - 3", "x = - 5", "6*7", "6 * 7", "\\frac{1}{2}", "\\frac12", "\\boxed{\\frac{1}{2}}",
            "2^5",
            "10^{5}", "x2", "5 km2", "5²", "5½", "3:4", "2024-01-05", "\\sqrt{2}", "3 * -5", "(1)2", "1.2.3", "...5", "1,23", "٤٢", "5 1/2",
            "1 234", "Covid-19", "5^", String(repeating: "7", count: 100),
        ])
    func unclear(response: String) {
        #expect(AnswerRule.number.answer(in: response) == nil)
        #expect(!AnswerRule.number.lack(in: response).isEmpty)
    }

    @Test(
        "choice takes the letter that a response settles on",
        arguments: [
            ("B", "B"), ("b\n", "B"), ("(b)", "B"), ("**B**.", "B"), ("The answer is B", "B"), ("So the answer is (B).", "B"),
            ("Answer: B. A is wrong", "B"), ("The answer is A because it is", "A"), ("B) Paris", "B"), ("(B) Paris", "B"),
            ("B: Paris", "B"),
            ("Paris is in France.\nB", "B"), ("B\nbecause", "B"), ("\\boxed{\\text{C}}", "C"),
            ("Option A fails. The correct option is D", "D"),
            ("Answer: A\nNo, wait.\nAnswer: C", "C"), ("Answer.\nB", "B"),
        ])
    func letter(response: String, answer: String) {
        #expect(AnswerRule.choice.answer(in: response) == answer)
    }

    @Test(
        "choice guesses nothing where several letters or none are named",
        arguments: [
            "", "A B C D", "A\nB", "The answer is A or B", "Answer: A/B", "Answer: A, B", "A) is wrong. B) is right", "The answer is A dog",
            "A dog ran", "I think", "Let's see: the answer is not B", "Paris", "É", "Ａ",
        ])
    func noLetter(response: String) {
        #expect(AnswerRule.choice.answer(in: response) == nil)
    }

    @Test("exact compares all but white space")
    func exact() {
        #expect(AnswerRule.exact.answer(in: "  a\t b\r\n\nc ") == "a b c")
        #expect(AnswerRule.exact.answer(in: "Paris") != AnswerRule.exact.answer(in: "paris"))
        #expect(AnswerRule.exact.answer(in: "caf\u{E9}") == AnswerRule.exact.answer(in: "cafe\u{301}"))
        #expect(AnswerRule.exact.answer(in: " \n") == nil)
    }

    @Test("a reference is its own canonical form", arguments: AnswerRule.allCases)
    func references(rule: AnswerRule) {
        for text in ["b", " B ", "1/2", "-1,234.50", "1e999", "10e999", "99999999999999999/2", "a  b", String(repeating: "12", count: 60)] {
            guard let reference = rule.reference(text) else { continue }
            #expect(rule.reference(reference) == reference, "\(rule) \(text)")
        }
        #expect(rule.reference(" ") == nil)
    }

    @Test("verdicts tell the truth, and never the answer", arguments: AnswerRule.allCases)
    func verdicts(rule: AnswerRule) {
        let (answer, other) = rule == .choice ? ("B", "C") : ("7314", "7315")
        let verifier = AnswerVerifier(rule)
        let problem = Problem(task: "own", canonical: "p", prompt: "p", reference: answer, level: 1)
        #expect(verifier.version == "\(rule.rawValue)/1")
        #expect(verifier.verdict(on: " \(answer)\n", for: problem) == .correct)
        for response in [other, "", "a long response that says nothing", String(repeating: "A) 1+1 ", count: 100_000)] {
            let verdict = verifier.verdict(on: response, for: problem)
            #expect(verdict == .wrong(verdict.feedback) && !verdict.feedback.isEmpty && verdict.feedback.utf8.count < 200)
            #expect(!verdict.feedback.contains(answer))
        }
        let broken = Problem(task: "own", canonical: "p", prompt: "p", reference: "", level: 1)
        #expect(verifier.verdict(on: answer, for: broken).reward == nil)
    }
}
