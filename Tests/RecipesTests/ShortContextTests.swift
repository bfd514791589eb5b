import Autodidact
import Randomness
import Recipes
import TestSupport
import Testing

/// What one generation of a recipe recorded with a policy of a short context, and whether the policy learned.
private func generation<R: Recipe>(
    _ recipe: R, contextLength: Int, on family: any TaskFamily = LetterTask()
) async throws -> (metrics: [String: Double], hasLearned: Bool) {
    let policy = ScriptedPolicy(contextLength: contextLength, readsAnyText: true)
    let start = try await policy.snapshot()
    let workshop = try Workshop(
        policy: policy, generation: 1, seed: SeedTree(root: 1)("generation", 1), family: family, start: start, base: start,
        budget: recipe.budget, usage: recipe.usage(of: family), meter: PhaseMeter(clock: ManualClock()))
    try await recipe.improve(in: workshop)
    return (await workshop.metrics, try await policy.snapshot().weightsHash != start.weightsHash)
}

/// The policy's tokens are characters; a letter task has prompts of 5 and mostly answers of 1.
@Suite("Recipes whose questions to a judge outgrow the context")
struct ShortContextTests {
    @Test("SSR-Zero learns from what its judge can read", arguments: [SSRZero.Readout.expected, .sampled])
    func selfRewarding(readout: SSRZero.Readout) async throws {
        var settings = SSRZero.Settings()
        (settings.steps, settings.questionsPerStep, settings.learningRate, settings.readout) = (3, 10, 0.05, readout)
        // Prompt 6, answer, line end, question 20, line end; then "100" and its end, or room for 8: 33 or 37 with an answer of one letter.
        let (metrics, hasLearned) = try await generation(
            SSRZero(settings: settings), contextLength: readout == .expected ? 33 : 37)
        #expect(metrics["feedback/too_long"] ?? 0 > 0)
        #expect(metrics["train/steps"] == 3)
        #expect(try (0...1).contains(#require(metrics["reward/own"])))
        if readout == .expected { #expect(hasLearned) }
    }

    @Test("SSR-Zero learns nothing where its judge can read nothing")
    func unjudged() async throws {
        var settings = SSRZero.Settings()
        (settings.steps, settings.questionsPerStep, settings.learningRate) = (2, 10, 0.05)
        let (metrics, hasLearned) = try await generation(SSRZero(settings: settings), contextLength: 31)
        #expect(metrics["feedback/too_long"] == Double(2 * 10 * 8))
        #expect(!hasLearned)
    }

    @Test("fine-tuning on the majority keeps nothing where no majority can be asked about")
    func consistency() async throws {
        var settings = InternalConsistency.Settings()
        (settings.questions, settings.signal) = (20, .selfEvaluation)
        // Prompt 6, answer, line end, question 34, line end, "yes" and its end: 47 with an answer of one letter.
        let (metrics, hasLearned) = try await generation(InternalConsistency(settings: settings), contextLength: 46)
        #expect(metrics["feedback/too_long"] == 20)
        #expect(metrics["selection/kept"] == 0 && metrics["train/steps"] == 0 && !hasLearned)
        let (all, _) = try await generation(InternalConsistency(settings: settings), contextLength: 64)
        #expect(all["feedback/too_long"] == nil && all["selection/kept"] ?? 0 > 0)
    }

    @Test("B-STaR's candidates are what its critic can read")
    func critic() async throws {
        var settings = BSTaR.Settings()
        (settings.problems, settings.samplesPerProblem, settings.configuration) = (60, 8, .fixed)
        (settings.sequencesPerStep, settings.learningRate, settings.criticProblems, settings.criticSamples) = (8, 0.5, 12, 2)
        let (metrics, hasLearned) = try await generation(BSTaR(settings: settings), contextLength: 47)
        #expect(metrics["feedback/too_long"] ?? 0 > 0)
        #expect(metrics["selection/kept"] ?? 0 > 0 && hasLearned)
    }

    @Test("Agent-R leaves out failures that it cannot judge to their end, and learns from the rest")
    func transcripts() async throws {
        var settings = AgentR.Settings()
        (settings.problems, settings.searchRounds, settings.learningRate, settings.revision) = (30, 30, 0.05, "h")
        // A transcript of one step has 8 tokens, of two 12; the question takes 47, "good" and its end 5.
        let (metrics, hasLearned) = try await generation(AgentR(settings: settings), contextLength: 62, on: LetterChainTask())
        #expect(metrics["feedback/too_long"] ?? 0 > 0)
        #expect(metrics["lessons/good"] ?? 0 > 10 && hasLearned)
        #expect(metrics["lessons/too_long"] == nil)
    }

    @Test("Agent-R leaves out splices that outgrow the context, and learns from the rest")
    func splices() async throws {
        var settings = AgentR.Settings()
        (settings.problems, settings.searchRounds, settings.learningRate, settings.revision) = (30, 30, 0.05, "h")
        settings.transition = .end
        // A splice takes all four turns: a prompt of 4 tokens, three steps of 2 + 2 and a last turn of 2.
        let (metrics, hasLearned) = try await generation(AgentR(settings: settings), contextLength: 17, on: LetterChainTask())
        let (left, spliced) = (try #require(metrics["lessons/too_long"]), try #require(metrics["lessons/spliced"]))
        #expect(left > 0 && left <= spliced)
        #expect(metrics["lessons/good"] ?? 0 > 0 && hasLearned)
    }
}
