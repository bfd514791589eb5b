import Autodidact
import Randomness
import Testing

@testable import Recipes

@Suite("What Agent-R learns from")
struct AgentRLessonTests {
    /// Samples that their only token tells apart.
    private func samples(_ tokens: ClosedRange<Int>) -> [SpanSample] {
        let question = Problem(task: "letter", canonical: "1A", prompt: "1A", reference: "a", level: 1).question
        return tokens.map { SpanSample(question: question, spans: [Span(.context, [TokenID($0)])]) }
    }

    /// The tokens of what is chosen of five good episodes, 1 to 5, and two splices, 6 and 7.
    private func chosen(lessons: Int, key: UInt64 = 1) -> (good: [TokenID], splices: [TokenID]) {
        var settings = AgentR.Settings()
        settings.lessons = lessons
        let chosen = AgentR(settings: settings).chosen(good: samples(1...5), splices: samples(6...7), key: SeedTree(root: key))
        return (chosen.good.flatMap { $0.spans.flatMap(\.tokens) }, chosen.splices.flatMap { $0.spans.flatMap(\.tokens) })
    }

    @Test("is all of it with 0 lessons, and where there is no more", arguments: [0, 7, 8, 100])
    func all(lessons: Int) {
        let (good, splices) = chosen(lessons: lessons)
        #expect(good == [1, 2, 3, 4, 5] && splices == [6, 7])
    }

    @Test("is as many as asked for: splices first, good episodes in the places that are left", arguments: 1...6)
    func some(lessons: Int) {
        let (good, splices) = chosen(lessons: lessons)
        #expect(splices.count == min(2, lessons) && good.count == lessons - splices.count)
        #expect(good == good.sorted() && Set(good).count == good.count && good.allSatisfy { (1...5).contains($0) })
    }

    @Test("is drawn by the key alone, and each has its chance")
    func drawn() {
        let draws = (1...60 as ClosedRange<UInt64>).map { chosen(lessons: 3, key: $0).good }
        #expect(Set(draws) == [[1], [2], [3], [4], [5]])
        #expect(draws == (1...60 as ClosedRange<UInt64>).map { chosen(lessons: 3, key: $0).good })
        #expect(Set((1...60 as ClosedRange<UInt64>).map { chosen(lessons: 1, key: $0).splices }) == [[6], [7]])
    }

    @Test("is bounded by the budget, too")
    func budget() {
        var settings = AgentR.Settings()
        (settings.problems, settings.epochs, settings.sequencesPerStep) = (10, 3, 8)
        // Two good episodes and four splices of each problem.
        #expect(AgentR(settings: settings).budget.trainedSequences == 10 * (2 + 4) * 3)
        settings.lessons = 50
        #expect(AgentR(settings: settings).budget.trainedSequences == 50 * 3)
        #expect(AgentR(settings: settings).budget.optimizerSteps == 7 * 3)
        (settings.lessons, settings.transition) = (50, .none)
        #expect(AgentR(settings: settings).budget.trainedSequences == 10 * 2 * 3)
    }
}

@Suite("Agent-R's settings")
struct AgentRSettingsTests {
    /// What is said of settings; nil where they are accepted.
    private func refusal(_ change: (inout AgentR.Settings) -> Void) -> SettingsError? {
        var settings = AgentR.Settings()
        change(&settings)
        do throws(SettingsError) { try settings.validate() } catch { return error }
        return nil
    }

    @Test("what shapes splices is refused where there are none")
    func unread() {
        func key(_ change: (inout AgentR.Settings) -> Void) -> String? {
            guard case .noEffect(let key, "transition none splices nothing") = refusal(change) else { return nil }
            return key
        }
        #expect(key { ($0.transition, $0.scoreGap) = (.none, 0.5) } == "scoreGap")
        #expect(key { ($0.transition, $0.failuresPerProblem) = (.none, 8) } == "failuresPerProblem")
        #expect(key { ($0.transition, $0.splicesPerProblem) = (.none, 2) } == "splicesPerProblem")
        #expect(key { ($0.transition, $0.revision) = (.none, "stop") } == "revision")
        #expect(refusal { ($0.transition, $0.goodPerProblem, $0.lessons) = (.none, 6, 200) } == nil)
    }

    @Test("they are read where there are splices", arguments: [AgentR.Transition.judged, .end])
    func read(transition: AgentR.Transition) {
        #expect(
            refusal {
                ($0.transition, $0.scoreGap, $0.failuresPerProblem, $0.splicesPerProblem, $0.revision) = (transition, 0.5, 8, 8, "stop")
            } == nil)
    }

    @Test("more splices than failures are tried are refused")
    func splices() {
        let error = refusal { ($0.failuresPerProblem, $0.splicesPerProblem) = (2, 3) }
        #expect(
            error
                == .conflict(key: "splicesPerProblem", value: "3", allowed: "from 1 up to 2", other: "failuresPerProblem", otherValue: "2"))
        #expect(refusal { ($0.failuresPerProblem, $0.splicesPerProblem) = (2, 2) } == nil)
    }
}
