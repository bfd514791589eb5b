import Autodidact
import Randomness
import TestSupport
import Testing

@Suite("The transition meter")
struct TransitionMeterTests {
    static let right: Verdict = .correct
    static let wrong = Verdict.wrong("")

    static func meter() -> TransitionMeter {
        var meter = TransitionMeter()
        for _ in 0..<4 { meter.add(first: right, second: right, firstText: "a", secondText: " a\n") }
        for _ in 0..<3 { meter.add(first: wrong, second: right, firstText: "abcd", secondText: "abce") }
        meter.add(first: right, second: wrong, firstText: "ab", secondText: "cd")
        for _ in 0..<2 { meter.add(first: wrong, second: wrong, firstText: "x", secondText: "x") }
        for verdict in [right, wrong] {
            meter.add(first: .unscorable(reason: ""), second: verdict, firstText: "", secondText: "")
            meter.add(first: verdict, second: .unscorable(reason: ""), firstText: "", secondText: "")
        }
        return meter
    }

    @Test("counts what was kept, fixed and broken; what could not be judged stands apart")
    func counts() {
        let meter = Self.meter()
        #expect([meter.keptRight, meter.fixed, meter.broken, meter.keptWrong, meter.unscorable] == [4, 3, 1, 2, 4])
        #expect(meter.firstAccuracy == 0.5 && meter.secondAccuracy == 0.7)
        #expect(meter.fixedShare == 0.3 && meter.brokenShare == 0.1 && meter.gain == 0.2)
        #expect(meter.confidence == 0.8 && meter.critique == 0.6)
    }

    @Test("the gain is what was fixed less what was broken")
    func identity() {
        let metrics = Self.meter().metrics
        let value = { (name: String) in metrics["attempts/" + name] ?? .nan }
        #expect(abs(value("acc_t2") - value("acc_t1") - value("delta")) < 1e-12)
        #expect(abs(value("incorrect_to_correct") - value("correct_to_incorrect") - value("delta")) < 1e-12)
    }

    @Test("compares texts without their surrounding white space")
    func texts() {
        let meter = Self.meter()
        #expect(meter.identicalShare == 10.0 / 14)
        #expect(abs((meter.meanDistance ?? 0) - (3 * 0.25 + 1) / 14) < 1e-12)
    }

    @Test("reads the two attempts of an episode; a single attempt is no pair")
    func episodes() async throws {
        let fixture = try await WorkshopFixture()
        let task = LetterTask()
        let problem = try await fixture.workshop.problems(1)[0]
        let rollouts = { (usage: PolicyUsage) in
            let workshop = try Workshop(
                policy: fixture.policy, generation: 1, seed: SeedTree(root: 1), family: task, start: try await fixture.policy.snapshot(),
                base: try await fixture.policy.snapshot(),
                budget: GenerationBudget(problems: 1, episodes: 1, trainedSequences: 1, optimizerSteps: 1), usage: usage,
                meter: PhaseMeter(clock: ManualClock()))
            return try await workshop.rollouts(on: [problem], samplesPerProblem: 60, options: fixture.options)[0]
        }
        var meter = TransitionMeter()
        for episode in try await rollouts(PolicyUsage(of: task)) { meter.add(episode) { fixture.policy.decode($0) } }
        #expect(meter.pairs == 0)
        let episodes = try await rollouts(.twoAttempts(at: task, request: problem.prompt))
        for episode in episodes { meter.add(episode) { fixture.policy.decode($0) } }
        #expect(meter.pairs == 60)
        #expect(meter.secondAccuracy == Double(episodes.count(where: \.verdict.isCorrect)) / 60)
        #expect((meter.identicalShare ?? 1) < 0.5 && meter.fixed > 0)
    }

    @Test("meters add up, and an empty one knows nothing")
    func sums() {
        #expect(TransitionMeter().metrics.isEmpty)
        var sum = Self.meter()
        sum.add(Self.meter())
        #expect(sum.metrics == Self.meter().metrics && sum.pairs == 28)
    }

    @Test(
        "edit distances by hand",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("same", "same", 0),
            ("abc", "cba", 2),
        ])
    func distances(first: String, second: String, distance: Int) {
        #expect(editDistance(first, second) == distance)
        #expect(editDistance(second, first) == distance)
        let longer = max(first.count, second.count)
        #expect(normalizedEditDistance(first, second) == (longer == 0 ? 0 : Double(distance) / Double(longer)))
    }

    @Test("edit distance is a metric on sequences of tokens")
    func triangle() {
        var generator = SeedTree(root: 1)("edit").generator
        for _ in 0..<200 {
            let (a, b, c) = (word(), word(), word())
            #expect(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c))
            #expect((editDistance(a, b) == 0) == (a == b))
            #expect(editDistance(a, b) >= abs(a.count - b.count) && editDistance(a, b) <= max(a.count, b.count))
        }
        func word() -> [Int] { (0..<generator.index(below: 7)).map { _ in generator.index(below: 3) } }
    }
}
