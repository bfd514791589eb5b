import Autodidact
import Foundation
import Randomness
import TestSupport
import Testing

@testable import Recipes

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
        let policy = ScriptedPolicy(contextLength: 512, readsAnyText: true)
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
        let workshop = try await generation(SSRZero(settings: settings), of: ScriptedPolicy(contextLength: 512, readsAnyText: true))
        let own = try #require(await workshop.metrics["reward/own"])
        #expect((0...1).contains(own))
    }

    @Test(
        "fine-tuning on the majority makes a policy that is mostly right more often right", arguments: InternalConsistency.Signal.allCases)
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

@Suite("Recipes with attempts and environments")
struct CorrectionRecipeTests {
    @Test("SCoRe holds the first attempt in its first stage, and rewards both in the second")
    func stages() async throws {
        var settings = SCoRe.Settings()
        (settings.steps, settings.problemsPerStep, settings.learningRate) = (6, 12, 0.05)
        settings.stageOneSteps = 6
        let policy = ScriptedPolicy(contextLength: 512, readsAnyText: true)
        let workshop = try await generation(SCoRe(settings: settings), of: policy)
        let metrics = await workshop.metrics
        for name in ["attempts/acc_t1", "attempts/acc_t2", "attempts/delta", "kl"] { #expect(metrics[name] != nil, "\(name)") }
        let episodes = await workshop.episodes
        #expect(episodes.allSatisfy { $0.attempts.count == 2 && $0.turns.count == 4 })
        // The request is the same in every episode: nothing of the first verdict leaks.
        #expect(Set(episodes.map { $0.turns[2].tokens }).count == 1)
        #expect(metrics["train/steps"] == 6)
    }

    @Test("a firm hold keeps the policy nearer to its base than none")
    func hold() async throws {
        func kl(_ weight: Double) async throws -> Double {
            var settings = SCoRe.Settings()
            (settings.steps, settings.problemsPerStep, settings.learningRate, settings.stageOneSteps) = (8, 12, 0.05, 8)
            settings.firstAttemptKL = weight
            return try #require(
                await generation(SCoRe(settings: settings), of: ScriptedPolicy(contextLength: 512, readsAnyText: true)).metrics["kl"])
        }
        #expect(try await kl(20) < kl(0))
    }

    @Test("second attempts are learned after wrong first ones, or as they went", arguments: CorrectionSFT.Samples.allCases)
    func supervised(samples: CorrectionSFT.Samples) async throws {
        var settings = CorrectionSFT.Settings()
        (settings.problems, settings.samples, settings.learningRate, settings.sequencesPerStep) = (40, samples, 0.05, 8)
        let policy = ScriptedPolicy(contextLength: 512, readsAnyText: true)
        // What follows the request is all that this policy can learn: its second attempts cannot depend on the problem.
        let letters = try "abcdefgh".map {
            ScoredSequence(
                context: try policy.followUp(to: FeedbackPrompts.revision, isClosed: true), targets: try policy.encode(String($0)))
        }
        let before = try await policy.logprobs(of: letters).reduce(0) { $0 + exp($1.sum) }
        let metrics = await (try await generation(CorrectionSFT(settings: settings), of: policy)).metrics
        #expect(metrics["lessons/kept"] ?? 0 > 10)
        #expect(try await policy.logprobs(of: letters).reduce(0) { $0 + exp($1.sum) } > before)
    }

    @Test("a first attempt is read and not learned, and called wrong only where it is", arguments: [Verdict.correct, .wrong("no")])
    func firstAttempt(verdict: Verdict) {
        func turn(_ token: TokenID, verdict: Verdict? = nil) -> Turn {
            .policy(
                Completion(tokens: [token], logprobs: Logprobs([-1]), drawnLogprobs: Logprobs([-1]), stopReason: .endOfText),
                verdict: verdict)
        }
        let episode = Episode(
            problem: Problem(task: "letter", canonical: "1A", prompt: "1A", reference: "a", level: 1),
            turns: [.environment([1]), turn(2, verdict: verdict), .environment([3]), turn(4)], response: "a", stopReason: .endOfText,
            verdict: .correct, origin: EpisodeOrigin(weightsHash: "", key: 0, member: 0))
        let sample = CorrectionSFT(settings: CorrectionSFT.Settings()).sample(of: episode, second: episode.turns[3])
        #expect(sample.spans.map(\.kind) == [.context, verdict.isCorrect ? .own : .wrong, .context, .repair])
        #expect(sample.spans.map(\.isTrained) == [false, false, false, true])
        let sequence = TrainingExample(sample).sequence
        #expect(sequence.context == [1, 2, 3] && sequence.targets == [4])
    }

    @Test("Agent-R learns from searched episodes, with and without splices", arguments: AgentR.Transition.allCases)
    func agent(transition: AgentR.Transition) async throws {
        var settings = AgentR.Settings()
        (settings.problems, settings.searchRounds, settings.transition) = (30, 30, transition)
        (settings.learningRate, settings.sequencesPerStep) = (0.05, 8)
        if transition != .none { settings.revision = "h" }
        let family = LetterChainTask()
        let policy = ScriptedPolicy(contextLength: 512, readsAnyText: true)
        let first = try await generation(AgentR(settings: settings), of: policy, on: family)
        let second = try await generation(AgentR(settings: settings), of: policy, number: 2, on: family)
        let metrics = await first.metrics
        #expect(metrics["lessons/good"] ?? 0 > 10)
        #expect((metrics["lessons/spliced"] != nil) == (transition != .none))
        #expect(metrics["lessons/spliced"] ?? 0 <= Double(settings.problems * settings.splicesPerProblem))
        let dropped = metrics["splice/dropped"]
        #expect(dropped.map { (0...1).contains($0) } ?? (transition == .none))
        #expect(await second.metrics["reward"] ?? 0 > metrics["reward"] ?? 1)
    }

    @Test(
        "Agent-R's splices are replayed, kept and learned from, and say where they turn round", arguments: [AgentR.Transition.judged, .end])
    func splices(transition: AgentR.Transition) async throws {
        var settings = AgentR.Settings()
        (settings.problems, settings.searchRounds, settings.transition, settings.revision) = (30, 30, transition, "h")
        let policy = ScriptedPolicy(contextLength: 512, readsAnyText: true)
        let metrics = await (try await generation(AgentR(settings: settings), of: policy, on: LetterChainTask())).metrics
        let (spliced, dropped) = (try #require(metrics["lessons/spliced"]), try #require(metrics["splice/dropped"]))
        #expect(spliced > 0 && dropped < 1)
        let (after, rest) = (try #require(metrics["splice/left_after"]), try #require(metrics["splice/rest"]))
        // Four turns: one step of the bad episode or two, the revision, and at least one of the good.
        #expect((1...2).contains(after) && rest >= 1 && after + 1 + rest <= 4)
        // A bad episode has all four.
        #expect(abs(try #require(metrics["splice/left_share"]) - after / 4) < 1e-9)
    }

    @Test("Agent-R learns from as many lessons as it is told, with and without splices", arguments: AgentR.Transition.allCases)
    func lessons(transition: AgentR.Transition) async throws {
        var settings = AgentR.Settings()
        (settings.problems, settings.searchRounds, settings.transition, settings.lessons) = (30, 30, transition, 10)
        let policy = ScriptedPolicy(contextLength: 512, readsAnyText: true)
        let workshop = try await generation(AgentR(settings: settings), of: policy, on: LetterChainTask())
        let metrics = await workshop.metrics
        #expect((metrics["lessons/good"] ?? 0) + (metrics["lessons/spliced"] ?? 0) == 10)
        #expect(await workshop.spent.trainedSequences == 10 * settings.epochs)
    }
}
