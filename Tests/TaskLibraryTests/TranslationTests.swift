import Autodidact
import Randomness
import TaskLibrary
import Testing

@Suite("Translation")
struct TranslationTests {
    private let family = TranslationFamily()

    private func verdict(on response: String, reference: String = "big bird.many;see.past;stone;now") -> Verdict {
        let problem = Problem(task: "translation", canonical: reference, prompt: "", reference: reference, level: 3)
        return TranslationVerifier().verdict(on: response, for: problem)
    }

    @Test(
        "every sentence of the same meaning is right",
        arguments: [
            "sili-ra loni-ra laso nosi-li-ra seso", "sani-ra loni-ra laso nosi-li-ra seso", "seso sili-ra loni-ra laso nosi-li-ra",
            "seso sani-ra loni-ra laso nosi-li-ra\n",
        ])
    func accepts(response: String) {
        #expect(verdict(on: response) == .correct)
    }

    @Test(
        "what means something else scores its token F1 with the nearest right one",
        arguments: [
            ("sili-ra loni laso nosi-li-ra seso", 0.8, "word 2 does not belong"),
            ("sili-ra loni-ra laso nosi-ra seso", 0.8, "word 4 does not belong"),
            ("sili-ra loni-ra laso nosi-ra-li seso", 0.8, "word 4 does not belong"),
            ("laso sili-ra loni-ra nosi-li-ra seso", 0.8, "the words are in the wrong order"),
            ("sili-ra loni-ra laso nosi-li-ra", 8.0 / 9, "4 words, not 5"),
            ("seso sili-ra loni-ra laso nosi-li-ra seso", 10.0 / 11, "6 words, not 5"),
            ("kama mamo kiko-ta tibi-ki tima", 0.0, "word 1 does not belong"),
            ("", 0.0, "the response is empty"),
            ("laso\n\n", 0.0, "a translation is one line, not 2"),
        ])
    func partialCredit(response: String, score: Double, feedback: String) {
        #expect(verdict(on: response) == .wrong(score: score, feedback: feedback))
    }

    @Test("a meaning and its sentence determine one another, in both languages")
    func exactMeaning() {
        var meanings: [String: String] = [:]
        for level in family.card.levels.map(\.number) {
            var generator = SeedTree(root: 2)("meanings", level).generator
            for _ in 0..<3_000 {
                let problem = family.problem(level: level, using: &generator)
                for sentence in [problem.prompt, family.oracleResponse(for: problem)] {
                    #expect(meanings.updateValue(problem.id, forKey: sentence).map { $0 == problem.id } ?? true, "\(sentence)")
                }
            }
        }
    }

    @Test("the languages share no word, so a copy of the source scores nothing")
    func copies() {
        var generator = KeyedGenerator(key: 5)
        for round in 0..<500 {
            let problem = family.problem(level: 1 + round % 3, using: &generator)
            let copy = String(problem.prompt.dropFirst("translation ".count))
            guard case .wrong(0, _) = family.verdict(on: copy, for: problem) else {
                Issue.record("\(copy) scores")
                return
            }
        }
    }

    @Test("the demonstrator's words are known well, badly or wrongly, so that belief and truth differ")
    func demonstrator() {
        var generator = KeyedGenerator(key: 6)
        var right: [String: (right: Int, all: Int)] = [:]
        for _ in 0..<20_000 {
            let problem = family.problem(level: 1, using: &generator)
            let noun = problem.prompt.split { $0 == " " || $0 == "-" || $0 == "\n" }[1]
            let isRight = family.verdict(on: family.demonstration(for: problem, using: &generator), for: problem).isCorrect
            right[String(noun), default: (0, 0)].right += isRight ? 1 : 0
            right[String(noun), default: (0, 0)].all += 1
        }
        let shares = right.values.map { Double($0.right) / Double($0.all) }
        #expect(shares.count == 24 && (shares.min() ?? 1) < 0.25 && (shares.max() ?? 0) > 0.5, "\(shares.sorted())")
    }

    @Test("the answer is the words, however they are spaced")
    func answers() {
        var generator = KeyedGenerator(key: 7)
        let question = family.problem(level: 1, using: &generator).question
        #expect(family.answer(in: " sili  laso\tnosi\n", to: question) == "sili laso nosi")
        #expect(family.answer(in: " \n", to: question) == nil)
    }

    @Test(
        "does not judge by a meaning that is broken",
        arguments: [
            "bird;see;stone", "bird;see;stone;today", "bird;bird;stone;-", "big big bird;see;stone;-", "bird.past;see;stone;-",
            "bird;see.many;stone;-", "bird;see;stone;", "bird ;see;stone;-", "now bird;see;stone;-", ";see;stone;-",
        ])
    func unscorable(reference: String) {
        #expect(verdict(on: "sili laso nosi", reference: reference).reward == nil)
    }
}

extension TranslationFamily {
    fileprivate func verdict(on response: String, for problem: Problem) -> Verdict {
        TranslationVerifier().verdict(on: response, for: problem)
    }
}
