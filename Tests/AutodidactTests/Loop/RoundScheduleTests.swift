import Autodidact
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("The round schedule")
struct RoundScheduleTests {
    @Test("pools are written and read as text", arguments: ["this-round", "window:3", "accumulated"])
    func textForm(text: String) throws {
        let pool = try #require(RoundSchedule.Pool(text))
        #expect(pool.description == text)
        let schedule = RoundSchedule(start: .restart, optimizer: .reset, pool: pool, reference: .base)
        #expect(try JSONDecoder().decode(RoundSchedule.self, from: JSONEncoder().encode(schedule)) == schedule)
    }

    @Test("no other text is a pool", arguments: ["", "window", "window:0", "window:-1", "all"])
    func badText(text: String) { #expect(RoundSchedule.Pool(text) == nil) }

    /// A workshop in generation 4 of a policy that has learned since the base.
    private func workshop(_ policy: ScriptedPolicy) async throws -> (Workshop, base: PolicySnapshot, start: PolicySnapshot) {
        let base = try await policy.snapshot()
        let fixture = try await WorkshopFixture(policy: policy)
        try await fixture.step(on: [try fixture.lesson(on: try await fixture.workshop.problems(1)[0])])
        let start = try await policy.snapshot()
        let workshop = try Workshop(
            policy: policy, generation: 4, seed: SeedTree(root: 1), family: LetterTask(), start: start, base: base,
            budget: GenerationBudget(problems: 1, episodes: 1, trainedSequences: 1, optimizerSteps: 1),
            history: { number in
                let problem = Problem(task: "letter", canonical: "\(number)", prompt: "1A", reference: "a", level: 1)
                let origin = EpisodeOrigin(weightsHash: "h", key: UInt64(number), member: 0)
                return [Episode(problem: problem, turns: [], response: "", stopReason: .length, verdict: .correct, origin: origin)]
            }, meter: PhaseMeter(clock: ManualClock()))
        return (workshop, base, start)
    }

    @Test("start and optimiser memory are chosen apart")
    func starts() async throws {
        for (start, memory) in [
            (RoundSchedule.Start.continue, RoundSchedule.OptimizerMemory.kept), (.continue, .reset), (.restart, .kept), (.restart, .reset),
        ] {
            let policy = ScriptedPolicy()
            let (workshop, base, incumbent) = try await workshop(policy)
            #expect(base != incumbent)
            try await workshop.begin(RoundSchedule(start: start, optimizer: memory))
            let now = try await policy.snapshot()
            #expect(now.weightsHash == (start == .restart ? base : incumbent).weightsHash)
            #expect(now.optimizer == (memory == .reset ? base : incumbent).optimizer)
        }
    }

    @Test("the pool takes in earlier generations, oldest first")
    func pools() async throws {
        let (workshop, _, _) = try await workshop(ScriptedPolicy())
        #expect(try await workshop.pastEpisodes(.thisRound).map(\.origin.key) == [])
        #expect(try await workshop.pastEpisodes(.window(1)).map(\.origin.key) == [])
        #expect(try await workshop.pastEpisodes(.window(3)).map(\.origin.key) == [2, 3])
        #expect(try await workshop.pastEpisodes(.window(9)).map(\.origin.key) == [1, 2, 3])
        #expect(try await workshop.pastEpisodes(.accumulated).map(\.origin.key) == [1, 2, 3])
    }

    @Test("a reference is the state it is named after, also where training starts again from the base")
    func references() async throws {
        let policy = ScriptedPolicy()
        let (workshop, base, start) = try await workshop(policy)
        let scored = ScoredSequence(context: try policy.encode("A"), targets: try policy.encode("a"))
        try await workshop.begin(RoundSchedule(start: .restart))
        let ofStart = try await workshop.reference(.generationStart).logprobs(of: [scored])
        let ofBase = try await workshop.reference(.base).logprobs(of: [scored])
        #expect(try await policy.snapshot().weightsHash == base.weightsHash)
        #expect(ofBase == (try await policy.logprobs(of: [scored])))
        try await policy.restore(start)
        #expect(ofStart == (try await policy.logprobs(of: [scored])))
    }

    @Test("a critic learns without the policy learning")
    func critic() async throws {
        let policy = ScriptedPolicy()
        let fixture = try await WorkshopFixture(policy: policy)
        let before = try await policy.snapshot()
        let critic = try await fixture.workshop.copy(of: .generationStart)
        let lesson = try fixture.lesson(on: try await fixture.workshop.problems(1)[0])
        try await fixture.workshop.step(
            critic, on: [lesson], objective: SupervisedFineTuning(), optimizer: OptimizerParameters(learningRate: 0.1))
        #expect(try await policy.snapshot() == before)
        #expect(try await critic.weightsHash != before.weightsHash)
        let metrics = await fixture.workshop.metrics
        #expect(metrics["critic/loss"] != nil && metrics["loss"] == nil)
    }
}
