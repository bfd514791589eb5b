import Autodidact
import Randomness
import TaskLibrary
import TestSupport
import Testing

@testable import AutodidactCLI

@Suite("Demonstrations")
struct DemonstrationWriterTests {
    /// A problem and the demonstration about it.
    private typealias Written = (problem: Problem, parts: [DemonstrationPart])

    /// Demonstrations about random problems, each from a stream of its own.
    private func written(
        _ form: DemonstrationForm, of family: any ProceduralFamily, level: Int, count: Int = 400, noise: Double = 0, root: UInt64 = 3
    ) async -> [Written] {
        let writer = DemonstrationWriter(family: family, labelNoise: noise)
        var all: [Written] = []
        for number in 0..<count {
            var generator = SeedTree(root: root)("demonstration", number).generator
            let problem = family.problem(level: level, using: &generator)
            all.append((problem, await writer.parts(form, of: problem, using: &generator)))
        }
        return all
    }

    /// What a judging demonstration shows between the problem and the question, and the answer it teaches.
    private func judged(_ written: Written, asking question: String) throws -> (response: String, answer: String) {
        try #require(written.parts.count == 2)
        guard case .shown(let shown) = written.parts[0], case .written(let answer) = written.parts[1] else {
            throw Misplaced(parts: written.parts)
        }
        try #require(shown.hasPrefix(written.problem.prompt) && shown.hasSuffix("\n" + question + "\n"))
        return (String(shown.dropFirst(written.problem.prompt.count).dropLast(question.count + 2)), answer)
    }

    private struct Misplaced: Error { let parts: [DemonstrationPart] }

    private static let yesNo = "Is this correct? Answer yes or no."
    private static let score = "Score from 0 to 100:"
    private static let step = "Was the last action good? Answer good or bad."

    @Test("are the same for the same seed, and others for another", arguments: [DemonstrationForm.answer, .revision, .yesNo])
    func deterministic(form: DemonstrationForm) async {
        let first = await written(form, of: ArithmeticFamily(), level: 2, count: 20).map(\.parts)
        #expect(await written(form, of: ArithmeticFamily(), level: 2, count: 20).map(\.parts) == first)
        #expect(await written(form, of: ArithmeticFamily(), level: 2, count: 20, root: 4).map(\.parts) != first)
    }

    @Test("answer as the demonstrator does, and a second time as it would again")
    func answers() async {
        let family = ArithmeticFamily()
        var stream = SeedTree(root: 5)("problem").generator
        let problem = family.problem(level: 1, using: &stream)
        for draw in 0..<20 {
            let key = SeedTree(root: 5)("draw", draw)
            var (own, asked, revised) = (key.generator, key.generator, key.generator)
            let (first, second) = (family.demonstration(for: problem, using: &own), family.demonstration(for: problem, using: &own))
            let writer = DemonstrationWriter(family: family, labelNoise: 0)
            #expect(await writer.parts(.answer, of: problem, using: &asked) == [.shown(problem.prompt), .written(first)])
            #expect(
                await writer.parts(.revision, of: problem, using: &revised) == [
                    .shown(problem.prompt), .written(first),
                    .shown("\nThere may be a mistake above. Write the whole answer again, corrected if needed.\n"), .written(second),
                ])
        }
    }

    @Test("play a grid turn by turn, shown what the environment answers")
    func turns() async {
        for (problem, parts) in await written(.answer, of: KeydoorFamily(), level: 2, count: 60) {
            var environment = KeydoorFamily().environment(for: problem)
            #expect(parts.first == .shown(environment.observe()))
            var rest = parts.dropFirst()
            var isOver = false
            while case .written(let action)? = rest.popFirst() {
                switch await environment.act(action) {
                case .observation(let text, _): #expect(rest.popFirst() == .shown(text))
                case .outcome: isOver = true
                }
                if isOver { break }
            }
            #expect(isOver && rest.isEmpty)
        }
    }

    @Test("call about half of the responses right, and are right about all")
    func verdicts() async throws {
        let family = ArithmeticFamily()
        var answers: [String] = []
        for one in await written(.yesNo, of: family, level: 1) {
            let (response, answer) = try judged(one, asking: Self.yesNo)
            #expect(await family.verifier.verdict(on: response, for: one.problem).isCorrect == (answer == "yes"))
            answers.append(answer)
        }
        #expect(Set(answers) == ["yes", "no"])
        // Four standard deviations of 400 fair draws.
        #expect((160...240).contains(answers.count { $0 == "yes" }))
    }

    @Test("show the same with and without noise, which replaces as many labels by random ones as it says", arguments: [0.4, 1])
    func noise(noise: Double) async {
        let exact = await written(.yesNo, of: ArithmeticFamily(), level: 1).map(\.parts)
        let noisy = await written(.yesNo, of: ArithmeticFamily(), level: 1, noise: noise).map(\.parts)
        #expect(exact.map(\.[0]) == noisy.map(\.[0]))
        // Half of the random labels are right.
        let wrong = Double(zip(exact, noisy).count { $0[1] != $1[1] }) / 400
        #expect(abs(wrong - noise / 2) < 0.1)
    }

    @Test("look for a response of the wanted kind 40 times, and never call a right one wrong", arguments: [true, false])
    func hopeless(isRight: Bool) async throws {
        let asked = Recorder<Bool>()
        // Nothing the demonstrator says is of the kind that is wanted half of the time, and the oracle has no digit to change.
        let says: @Sendable () -> String = {
            asked.record(isRight)
            return isRight ? "true" : "false"
        }
        let family = GivenFamily(oracle: "true", demonstration: says, judge: { $0 == "true" ? .correct : .wrong("no") })
        var tries: Set<Int> = []
        for root in 0..<60 as Range<UInt64> {
            let before = asked.values.count
            for one in await written(.yesNo, of: family, level: 1, count: 1, root: root) {
                let (response, answer) = try judged(one, asking: Self.yesNo)
                #expect(answer == (response == "true" ? "yes" : "no"))
            }
            tries.insert(asked.values.count - before)
        }
        // None where a digit is to be changed, one where the first is as wanted, else all of them.
        #expect(tries == [0, 1, 40])
    }

    @Test(
        "score as the verifier does, to the nearest ten",
        arguments: [
            (Verdict.correct, "100"), (.wrong("no"), "0"), (.wrong(score: 0.74, feedback: ""), "70"),
            (.wrong(score: 0.75, feedback: ""), "80"), (.wrong(score: 0.25, feedback: ""), "30"), (.wrong(score: 0.04, feedback: ""), "0"),
            (.unscorable(reason: "no power"), "0"),
        ])
    func rounding(verdict: Verdict, answer: String) async throws {
        for one in await written(.score, of: GivenFamily(judge: { _ in verdict }), level: 1, count: 10) {
            #expect(try judged(one, asking: Self.score).answer == answer)
        }
    }

    @Test("score translations exactly, from bad ones to perfect ones", arguments: [1, 2])
    func scores(level: Int) async throws {
        let family = TranslationFamily()
        var answers: Set<String> = []
        for one in await written(.score, of: family, level: level) {
            let (response, answer) = try judged(one, asking: Self.score)
            let reward = try #require(await family.verifier.verdict(on: response, for: one.problem).reward)
            #expect(answer == "\(Int((reward * 10).rounded()) * 10)", "\(response)")
            answers.insert(answer)
        }
        #expect(answers.contains("100") && answers.count > 5)
    }

    @Test("score at random where labels are all noise")
    func randomScores() async throws {
        let all = await written(.score, of: GivenFamily(judge: { _ in .correct }), level: 1, noise: 1)
        let answers = try all.map { try judged($0, asking: Self.score).answer }
        #expect(Set(answers) == Set((0...10).map { "\($0 * 10)" }))
    }

    @Test("judge the last of some actions by whether it brings the exit nearer, half of them good", arguments: [1, 2])
    func steps(level: Int) async throws {
        let family = KeydoorFamily()
        var (good, lengths) = (0, Set<Int>())
        for one in await written(.step, of: family, level: level) {
            let (played, answer) = try judged(one, asking: Self.step)
            // Actions and observations take turns; the last observation is missing where the door was opened.
            let actions = played.split(separator: "\n").enumerated().filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }
            let turns = family.turns(of: actions, on: one.problem)
            #expect(FeedbackPrompts.transcript(prompt: "", turns: turns.map { ($0.action, $0.observation) }) == played)
            let before = try #require(family.distance(after: actions.dropLast(), on: one.problem))
            let after = try #require(family.distance(after: actions, on: one.problem))
            #expect(answer == (after < before ? "good" : "bad") && turns.last?.isGood == (answer == "good"))
            good += answer == "good" ? 1 : 0
            lengths.insert(actions.count)
        }
        #expect((160...240).contains(good))
        #expect(lengths.contains(1) && lengths.count > 4)
    }

    @Test("are about training problems alone, as often as their weight says")
    func stream() async throws {
        let mixture = [
            PretrainingPlan.Share(task: "arithmetic", level: 1, weight: 3), PretrainingPlan.Share(task: "choice", level: 1, weight: 1),
            PretrainingPlan.Share(task: "countdown", level: 1, weight: 0),
        ]
        var stream = try Demonstrations(mixture, labelNoise: 0, key: SeedTree(root: 2))
        var again = try Demonstrations(mixture, labelNoise: 0, key: SeedTree(root: 2))
        var counts: [Substring: Int] = [:]
        for _ in 0..<400 {
            let parts = await stream.next()
            #expect(await again.next() == parts)
            guard case .shown(let prompt)? = parts.first, let task = prompt.split(whereSeparator: \.isWhitespace).first else {
                throw Misplaced(parts: parts)
            }
            counts[task, default: 0] += 1
            guard task == "arithmetic" else { continue }
            let chain = String(prompt.dropFirst("arithmetic ".count).dropLast())
            #expect(Problem(task: "arithmetic", canonical: chain, prompt: prompt, reference: chain, level: 1).split == .train)
        }
        // Four standard deviations of 400 draws with probability 3/4.
        #expect((265...335).contains(counts["arithmetic"] ?? 0) && counts["countdown"] == nil)
        #expect(throws: UnknownTask.self) {
            try Demonstrations([PretrainingPlan.Share(task: "chess", level: 1, weight: 1)], labelNoise: 0, key: SeedTree(root: 2))
        }
    }
}
