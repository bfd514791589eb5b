import Autodidact
import Randomness
import Recipes
import TestSupport
import Testing

/// Runs one generation of a recipe on the letter task.
private func generation<R: Recipe>(
    _ recipe: R, of policy: ScriptedPolicy, number: Int = 1, on family: any TaskFamily = LetterTask()
) async throws -> Workshop {
    let start = try await policy.snapshot()
    let workshop = try Workshop(
        policy: policy, generation: number, seed: SeedTree(root: 1)("generation", number), family: family, start: start, base: start,
        budget: recipe.budget, usage: recipe.usage(of: family), meter: PhaseMeter(clock: ManualClock()))
    try await recipe.improve(in: workshop)
    return workshop
}

/// The share of right greedy answers on 40 held-out problems.
private func accuracy(of policy: ScriptedPolicy) async throws -> Double {
    let task = LetterTask()
    let evaluator = Evaluator(
        family: task, settings: EvaluationSettings(problems: 40, samplesPerProblem: 4), meter: PhaseMeter(clock: ManualClock()))
    let problems = try evaluator.problems(.heldOut)
    return try await evaluator.evaluate(policy, on: problems, split: .heldOut, weightsHash: "x").result.meanAtK().value
}

/// A policy that answers some of the problems more often right than wrong.
private func warmPolicy() async throws -> ScriptedPolicy {
    let policy = ScriptedPolicy()
    for number in 1...2 { _ = try await generation(ScriptedRecipe.imitation(), of: policy, number: number) }
    return policy
}

@Suite("Recipes on a scripted policy")
struct RecipeMechanicsTests {
    @Test("SSR-Zero reinforces what its judge scores high, with the verdicts on record only")
    func selfRewarding() async throws {
        var settings = SSRZero.Settings()
        (settings.steps, settings.questionsPerStep, settings.learningRate) = (3, 10, 0.05)
        // The letter policy cannot read English questions: its judge is asked in letters.
        let policy = ScriptedPolicy(readsAnyText: true)
        let before = try await policy.snapshot()
        let workshop = try await generation(SSRZero(settings: settings), of: policy)
        #expect(try await policy.snapshot().weightsHash != before.weightsHash)
        let metrics = await workshop.metrics
        #expect(metrics["reward/own"] != nil && metrics["reward/gap"] != nil && metrics["train/steps"] == 3)
        #expect(metrics["tokens_scored"] ?? 0 > 0)
    }

    @Test("SSR-Zero takes what is not a number from 0 to 100 for 0")
    func writtenScores() async throws {
        var settings = SSRZero.Settings()
        (settings.steps, settings.questionsPerStep, settings.readout) = (1, 4, .sampled)
        let workshop = try await generation(SSRZero(settings: settings), of: ScriptedPolicy(readsAnyText: true))
        let own = try #require(await workshop.metrics["reward/own"])
        #expect((0...1).contains(own))
    }

    @Test("fine-tuning on the majority makes a policy that is mostly right more often right", arguments: InternalConsistency.Signal.allCases)
    func consistency(signal: InternalConsistency.Signal) async throws {
        var settings = InternalConsistency.Settings()
        (settings.questions, settings.signal, settings.learningRate, settings.sequencesPerStep) = (60, signal, 0.05, 8)
        let policy = try await warmPolicy()
        let before = try await accuracy(of: policy)
        #expect(before > 0.5)
        let readable = await policy.readingAnyText()
        let workshop = try await generation(InternalConsistency(settings: settings), of: readable)
        #expect(try await accuracy(of: readable) > before)
        let metrics = await workshop.metrics
        #expect(metrics["exploitation/precision"] ?? 0 > metrics["exploitation/base_rate"] ?? 1)
    }
}
