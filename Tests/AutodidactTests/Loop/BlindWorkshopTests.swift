import Autodidact
import TestSupport
import Testing

@Suite("The blind workshop")
struct BlindWorkshopTests {
    @Test("hands out what the open workshop does, without references and verdicts")
    func sameEpisodes() async throws {
        let (open, blind) = (try await WorkshopFixture(), try await WorkshopFixture())
        let problems = try await open.workshop.problems(3)
        let questions = try await blind.workshop.blind.questions(3)
        #expect(questions == problems.map(\.question))
        let groups = try await open.workshop.rollouts(on: problems, samplesPerProblem: 4, options: open.options)
        let attempts = try await blind.workshop.blind.attempts(on: questions, samplesPerQuestion: 4, options: open.options)
        #expect(attempts == groups.map { $0.map(\.attempt) })
    }

    @Test("the record holds choices and rewards against the truth that the recipe does not see")
    func monitoring() async throws {
        let fixture = try await WorkshopFixture()
        let blind = fixture.workshop.blind
        let attempts = try await blind.attempts(on: try await blind.questions(20), samplesPerQuestion: 8, options: fixture.options)
            .flatMap { $0 }
        let episodes = await fixture.workshop.episodes
        let correct = Set(episodes.filter(\.verdict.isCorrect).map(\.origin))
        let chosen = attempts.filter { $0.response == "a" || $0.response == "b" }
        await blind.recordSelection(chosen)
        await blind.recordRewards(attempts.map { ($0, 1) })
        let metrics = await fixture.workshop.metrics
        let precision = Double(chosen.count { correct.contains($0.origin) }) / Double(chosen.count)
        #expect(abs((metrics["exploitation/precision"] ?? -1) - precision) < 1e-12)
        let accuracy = Double(correct.count) / Double(attempts.count)
        #expect(abs((metrics["reward/gap"] ?? -1) - (1 - accuracy)) < 1e-12)
        #expect(precision > 0 && precision < 1)
    }
}
