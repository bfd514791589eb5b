import Autodidact
import Randomness
import TaskLibrary
import Testing

@Suite("Choice")
struct ChoiceTests {
    private static let form = "the answer is one letter, A, B, C, D, or an option with its letter"
    private let family = ChoiceFamily()

    private func verdict(on response: String, reference: String = "17+25;32|41|42|52") -> Verdict {
        let problem = Problem(task: "choice", canonical: reference, prompt: "", reference: reference, level: 2)
        return ChoiceVerifier().verdict(on: response, for: problem)
    }

    @Test(
        "the answer of each kind of question is right",
        arguments: [
            ("17+25;32|41|42|52", "C"), ("9-4;5|6|15|4", "A"), ("12*11;123|122|131|132", "D"), ("largest;17|41|9|40", "B"),
            ("smallest;17|41|9|40", "C"), ("sort 7 2 5;2 7 5|2 5 7|7 5 2|5 2 7", "B"),
        ])
    func accepts(reference: String, letter: String) {
        for other in ["A", "B", "C", "D"] { #expect(verdict(on: other, reference: reference).isCorrect == (other == letter)) }
        #expect(verdict(on: letter + "\n", reference: reference) == .correct)
        let options = zip(["A", "B", "C", "D"], reference.split(separator: ";")[1].split(separator: "|"))
        for (other, option) in options { #expect(verdict(on: "\(option) \(other)", reference: reference).isCorrect == (other == letter)) }
    }

    @Test(
        "says what is wrong",
        arguments: [
            ("A", "it is C, not A"), ("", "the response is empty"), ("c", Self.form),
            ("41 B", "it is C, not B"), ("CC", Self.form), ("C\nC", Self.form), ("C C", Self.form), ("41 C", Self.form),
            ("42 B", Self.form),
            ("42", Self.form), ("42\nC", Self.form), ("42 C ", Self.form), ("42 C 52 C", Self.form),
        ])
    func feedback(response: String, feedback: String) {
        #expect(verdict(on: response) == .wrong(score: 0, feedback: feedback))
    }

    @Test("prompts can be answered from their own text, and the letters are about even")
    func prompts() throws {
        var letters: [String: Int] = [:]
        for level in family.card.levels.map(\.number) {
            var generator = SeedTree(root: 3)("choices", level).generator
            for _ in 0..<2_000 {
                let problem = family.problem(level: level, using: &generator)
                let match = try #require(problem.prompt.wholeMatch(of: /choice (.+), ([0-9 ]+) A, ([0-9 ]+) B, ([0-9 ]+) C, ([0-9 ]+) D\n/))
                let options = [String(match.2), String(match.3), String(match.4), String(match.5)]
                #expect(Set(options).count == 4)
                let place = try #require(options.firstIndex(of: plainAnswer(String(match.1), options)), "\(problem.prompt)")
                let letter = ["A", "B", "C", "D"][place]
                #expect(family.oracleResponse(for: problem) == "\(options[place]) \(letter)")
                letters[letter, default: 0] += 1
            }
        }
        #expect(letters.values.allSatisfy { abs($0 - 1_500) < 150 }, "\(letters)")
    }

    /// Works from the prompt alone and shares no code with the family.
    private func plainAnswer(_ question: String, _ options: [String]) -> String {
        let numbers = question.split { !$0.isNumber }.compactMap { Int($0) }
        if question == "largest" { return options.max { (Int($0) ?? 0) < (Int($1) ?? 0) } ?? "" }
        if question == "smallest" { return options.min { (Int($0) ?? 0) < (Int($1) ?? 0) } ?? "" }
        if question.hasPrefix("sort") { return numbers.sorted().map(String.init).joined(separator: " ") }
        if question.contains("+") { return "\(numbers[0] + numbers[1])" }
        return question.contains("-") ? "\(numbers[0] - numbers[1])" : "\(numbers[0] * numbers[1])"
    }

    @Test("the order of the options does not make another problem")
    func identity() {
        var generator = KeyedGenerator(key: 8)
        var prompts: [String: Set<String>] = [:]
        for _ in 0..<60_000 {
            let problem = family.problem(level: 1, using: &generator)
            prompts[problem.id, default: []].insert(problem.prompt)
        }
        #expect(prompts.values.contains { $0.count > 1 })
    }

    @Test("the answer is a letter, or an option that is shown with its own letter, and nothing else")
    func answers() {
        func answer(in response: String, prompt: String = "choice 17+25, 32 A, 41 B, 42 C, 52 D\n") -> String? {
            family.answer(in: response, to: Problem(task: "choice", canonical: "", prompt: prompt, reference: "", level: 2).question)
        }
        #expect(answer(in: "B\n") == "B" && answer(in: "41 B") == "B" && answer(in: "52 D\n") == "D")
        for response in ["", "E", "b", "B B", "41\nB", " B", "B 41", "x B", "99 A", "41 A", "7 12 B", "041 B", "41  B", "41"] {
            #expect(answer(in: response) == nil, "\(response)")
        }
        #expect(answer(in: "2 5 7 B", prompt: "choice sort 7 2 5, 2 7 5 A, 2 5 7 B, 7 5 2 C, 5 2 7 D\n") == "B")
        for prompt in ["", "choice 17+25\n", "choice 17+25, 32 A, 41 B, 42 C\n", "choice 17+25, 32 A, 41 B, 42 D, 52 C\n"] {
            #expect(answer(in: "B", prompt: prompt) == nil, "\(prompt)")
        }
    }

    @Test("of every question an answer is taken from exactly what the verifier judges by the option", arguments: [1, 2, 3])
    func judgedAnswers(level: Int) {
        var generator = SeedTree(root: 4)("answers", level).generator
        for _ in 0..<300 {
            let problem = family.problem(level: level, using: &generator)
            let right = family.oracleResponse(for: problem)
            let option = right.dropLast(2)
            for response in ["A", "B", "C", "D", "A\n", "\(option)", right, right + "\n", "9\(right)"] + "ABCD".map({ "\(option) \($0)" }) {
                let answer = family.answer(in: response, to: problem.question)
                let verdict = ChoiceVerifier().verdict(on: response, for: problem)
                #expect((answer == nil) == (verdict == .wrong(Self.form)), "\(response) to \(problem.prompt)")
                #expect((answer == String(right.suffix(1))) == verdict.isCorrect, "\(response) to \(problem.prompt)")
            }
        }
    }

    @Test("arithmetic's answer is what its last line gives")
    func arithmeticAnswers() {
        let arithmetic = ArithmeticFamily()
        var generator = KeyedGenerator(key: 7)
        let question = arithmetic.problem(level: 1, using: &generator).question
        #expect(arithmetic.answer(in: "1+2=3\n3*4=13\n", to: question) == "13")
        for response in ["", "13", "1+2=3\n", "1+2=3\nx"] {
            #expect(arithmetic.answer(in: response, to: question) == (response == "1+2=3\n" ? "3" : nil))
        }
    }

    @Test(
        "does not judge by a reference that is broken",
        arguments: [
            "17+25;32|41|43|52", "17+25;32|41|42", "17+25;42|42|41|52", "17+25;32|41|42|52|62", "largest;1|2|3|4 5",
            "sort 7 2;2 7|7 2|2 2|7 7",
            "sort 7 7 5;5 7 7|7 5 7|7 7 5|5 5 7", "17+25*2;84|1|2|3", "17+25;032|41|42|52", "median;1|2|3|4", "17+25;32|41|42|",
            "largest;0|1|2|3",
        ])
    func unscorable(reference: String) {
        #expect(verdict(on: "A", reference: reference).reward == nil)
    }
}
