import Autodidact
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("Probes")
struct LabelProbeTests {
    private func source() async throws -> (Workshop, ScriptedPolicy) {
        let fixture = try await WorkshopFixture()
        return (fixture.workshop, fixture.policy)
    }

    @Test("the labels' probabilities are a softmax over the logprobs of their texts")
    func distribution() async throws {
        let (workshop, policy) = try await source()
        let probe = LabelProbe(prompt: "1A", labels: ["a", "b", "3"])
        let context = try policy.encode("1A")
        let logprobs = try await policy.logprobs(
            of: try probe.labels.map {
                ScoredSequence(context: context, targets: try policy.encode($0) + [try #require(policy.endOfTurn)])
            })
        let weights = logprobs.map { exp($0.sum) }
        let read = try await workshop.read([probe, LabelProbe(prompt: "2B", labels: ["3", "b"])], by: policy)
        let (first, second) = (try #require(read[0]), try #require(read[1]))
        for (value, weight) in zip(first, weights) { #expect(abs(value - weight / weights.reduce(0, +)) < 1e-9) }
        #expect(abs(second.reduce(0, +) - 1) < 1e-12)
        #expect(second[1] > 0.9)
    }

    @Test("a lesson raises the probability of its label")
    func lesson() async throws {
        let fixture = try await WorkshopFixture()
        let (workshop, policy) = (fixture.workshop, fixture.policy)
        let question = try await workshop.problems(1)[0].question
        let probe = LabelProbe(prompt: "1A", labels: ["a", "b"])
        let before = try #require(try await workshop.probability(of: [probe], by: policy)[0])
        try await fixture.step(on: [try probe.lesson(0, about: question, for: policy)])
        #expect(try #require(try await workshop.probability(of: [probe], by: policy)[0]) > before)
    }

    @Test("the expected score is the mean of the scale under the distribution")
    func expectedScore() async throws {
        let (workshop, policy) = try await source()
        let probe = LabelProbe(prompt: "1A", labels: ["1", "a", "b"])
        let distribution = try #require(try await workshop.read([probe], by: policy)[0])
        let expected = distribution[1] * 0.5 + distribution[2]
        let score = try #require(try await workshop.expectedScore(of: [probe], by: policy)[0])
        #expect(abs(score - expected) < 1e-12)
    }

    @Test("the forms ask in the shared texts, with one label for each answer")
    func forms() {
        let question = Problem(task: "t", canonical: "c", prompt: "1+1", reference: "r", level: 1).question
        #expect(LabelProbe.isCorrect("2", to: question).prompt == "1+1\n2\nIs this correct? Answer yes or no.\n")
        #expect(LabelProbe.score(of: "2", to: question).labels == ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100"])
        #expect(LabelProbe.preference("2", over: "3", for: question).prompt == "1+1\nA:\n2\nB:\n3\nWhich is better, A or B?\n")
        #expect(LabelProbe.isGoodStep(transcript: "up").labels == ["good", "bad"])
    }
}
