import Autodidact
import Randomness
import TestSupport
import Testing

@testable import Studies

@Suite("Reinforcement by a judge of one's choice")
struct JudgedReinforcementTests {
    /// What the untrained letter policy says of every response, worked out by hand.
    ///
    /// It only looks at the character before: after the prompt's last one all digits are equally probable, say q; after a digit each of
    /// 26 characters and the end is 1/27. So `0` has q/27, each of `10` to `90` q/27², and `100` q/27³: 729, 27 (nine times) and 1
    /// parts of 973. The expected score is (27 · (0.1 + … + 0.9) + 1) / 973.
    private static let score = (27 * 4.5 + 1) / 973.0

    private func recipe(_ change: (inout JudgedReinforcement.Settings) -> Void) -> JudgedReinforcement {
        var settings = JudgedReinforcement.Settings()
        (settings.steps, settings.problemsPerStep, settings.samplesPerProblem, settings.verifiedShare) = (1, 12, 4, 0)
        settings.learningRate = 0.05
        change(&settings)
        return JudgedReinforcement(settings: settings)
    }

    private func reader() -> WatchedPolicy { WatchedPolicy(ScriptedPolicy(contextLength: 512, readsAnyText: true)) }

    /// One generation on letters.
    @discardableResult
    private func generation(
        _ recipe: some Recipe, of policy: WatchedPolicy, on task: LetterTask = LetterTask()
    ) async throws -> Workshop {
        let start = try await policy.snapshot()
        let workshop = try Workshop(
            policy: policy, generation: 1, seed: SeedTree(root: 4)("generation", 1), family: task, start: start, base: start,
            budget: recipe.budget, meter: PhaseMeter(clock: ManualClock()))
        try await recipe.improve(in: workshop)
        return workshop
    }

    /// The sequences of a batch by group, each with whether it was ended and its advantage.
    private func groups(_ batch: TrainingBatch) -> [[(isComplete: Bool, advantage: Float)]] {
        let (sequences, end) = (Dictionary(grouping: batch.sequences, by: \.group), reader().endOfTurn)
        return sequences.keys.sorted().map { key in
            (sequences[key] ?? []).map { ($0.targets.count > 1 && $0.targets.last == end, $0.advantages[0]) }
        }
    }

    @Test("a complete response gets the expected score, one that was cut off nothing")
    func advantages() async throws {
        let policy = reader()
        try await generation(recipe { ($0.problemsPerStep, $0.samplesPerProblem) = (200, 2) }, of: policy)
        let groups = groups(try #require(policy.batches.values.first))
        #expect(groups.count == 200 && groups.allSatisfy { $0.count == 2 })
        // Rewards s and 0: mean s/2, standard deviation s/√2.
        let expected = Float(Self.score / 2 / (Self.score / 2.0.squareRoot() + 1e-4))
        let mixed = groups.filter { $0[0].isComplete != $0[1].isComplete }
        #expect(mixed.count > 5)
        for sample in mixed.joined() { #expect(abs(sample.advantage - (sample.isComplete ? expected : -expected)) < 1e-3) }
        for sample in groups.filter({ $0[0].isComplete == $0[1].isComplete }).joined() { #expect(sample.advantage == 0) }
    }

    @Test("verdicts do not matter where no share is verified")
    func unverified() async throws {
        let (trusting, doubting) = (reader(), reader())
        let recipe = recipe { $0.steps = 3 }
        try await generation(recipe, of: trusting)
        try await generation(recipe, of: doubting, on: LetterTask(onVerdict: { _ in .wrong("never") }))
        let before = try await reader().snapshot().weightsHash
        #expect(try await trusting.snapshot() == doubting.snapshot())
        #expect(try await trusting.snapshot().weightsHash != before)
    }

    @Test("where all is verified it is GRPO on the verdicts")
    func verified() async throws {
        let (policy, plain) = (reader(), reader())
        let workshop = try await generation(recipe { ($0.steps, $0.verifiedShare) = (3, 1) }, of: policy)
        let grpo = ScriptedRecipe { workshop in
            for _ in 0..<3 {
                let groups = try await workshop.rollouts(
                    on: try await workshop.problems(12), samplesPerProblem: 4, options: workshop.sampling(temperature: 1))
                let batch = groups.enumerated().flatMap { group, episodes in
                    zip(episodes, groupNormalized(episodes.map(\.verdict.reward))).map {
                        TrainingExample($0, advantage: Float($1), group: group)
                    }
                }
                try await workshop.step(on: batch, objective: GroupRelative(), optimizer: OptimizerParameters(learningRate: 0.05))
            }
        }
        try await generation(grpo, of: plain)
        #expect(try await policy.snapshot() == plain.snapshot())
        #expect(await workshop.metrics["train/steps"] == 3)
    }

    @Test("nothing is learned where every verdict is the same")
    func allWrong() async throws {
        let policy = reader()
        let before = try await policy.snapshot().weightsHash
        let recipe = recipe { ($0.steps, $0.verifiedShare) = (2, 1) }
        let workshop = try await generation(recipe, of: policy, on: LetterTask(onVerdict: { _ in .wrong("never") }))
        #expect(try await policy.snapshot().weightsHash == before)
        #expect(await workshop.metrics["train/steps"] == 2)
    }

    @Test("about the stated share of problems is verified, the same ones each time")
    func share() async throws {
        let (first, second) = (reader(), reader())
        let recipe = recipe { ($0.problemsPerStep, $0.verifiedShare) = (400, 0.5) }
        for policy in [first, second] { try await generation(recipe, of: policy, on: LetterTask(onVerdict: { _ in .wrong("never") })) }
        // The verifier tells nothing apart; the judge tells what was cut off from what was not.
        let groups = groups(try #require(first.batches.values.first))
        let mixed = groups.filter { Set($0.map(\.isComplete)).count == 2 }
        let verified = Double(mixed.count { $0.allSatisfy { $0.advantage == 0 } }) / Double(mixed.count)
        #expect(mixed.count > 40 && verified > 0.28 && verified < 0.72)
        #expect(first.batches.values == second.batches.values)
    }

    @Test("a trained judge learns the verifier's scores in tens from responses to other problems, and is asked in the policy's place")
    func trainedJudge() async throws {
        let policy = reader()
        let recipe = recipe { ($0.judging, $0.lessons, $0.steps) = (.trained, 40, 2) }
        let workshop = try await generation(recipe, of: policy)
        let judge = try #require(policy.copies.values.first)
        #expect(policy.copies.values.count == 1 && policy.batches.values.count == 2 && policy.scored.values == [])
        #expect(!judge.scored.values.isEmpty)
        let episodes = await workshop.episodes
        // 40 problems of lessons and two steps of 12, four responses to each.
        #expect(episodes.count == 256)
        #expect(Set(episodes.prefix(160).map(\.problem.id)).isDisjoint(with: episodes.dropFirst(160).map(\.problem.id)))
        let labels = judge.batches.values.flatMap(\.sequences).map { judge.decode($0.targets) }
        let right = episodes.prefix(160).count { $0.verdict.isCorrect }
        // Two passes over all lessons.
        #expect(right > 0 && labels.count == 320 && Set(labels) == ["0", "100"])
        #expect(labels.count { $0 == "100" } == 2 * right)
        #expect(await workshop.metrics["train/steps"] == 2)
        #expect(await workshop.metrics["critic/loss"] != nil)
    }

    @Test("what could not be judged is no lesson for a trained judge")
    func unscorableLessons() async throws {
        let policy = reader()
        let recipe = recipe { ($0.judging, $0.lessons) = (.trained, 10) }
        try await generation(recipe, of: policy, on: LetterTask(onVerdict: { _ in .unscorable(reason: "the power failed") }))
        #expect(try #require(policy.copies.values.first).batches.values.isEmpty)
        #expect(policy.batches.values.count == 1)
    }

    @Test("is held to the base where there is a KL penalty", arguments: [0, 0.1])
    func reference(coefficient: Double) async throws {
        let policy = reader()
        try await generation(recipe { ($0.steps, $0.problemsPerStep, $0.klCoefficient) = (2, 60, coefficient) }, of: policy)
        let (first, second) = (policy.batches.values[0].sequences, policy.batches.values[1].sequences)
        guard coefficient > 0 else {
            #expect((first + second).allSatisfy { $0.reference == nil })
            return
        }
        // The first step is taken at the base, the second is not.
        #expect(first.allSatisfy { $0.reference != nil && $0.reference == $0.behavior })
        #expect(second.allSatisfy { $0.reference != nil } && second.contains { $0.reference != $0.behavior })
    }

    @Test("its budget is what it draws, judges and trains on, a judge's lessons included")
    func budget() {
        let live = recipe { ($0.steps, $0.problemsPerStep, $0.samplesPerProblem, $0.lessons) = (5, 3, 2, 7) }.budget
        // Each episode is scored with the 11 labels of the scale.
        let judged = 30 * 11
        #expect(live == GenerationBudget(problems: 15, episodes: 30, trainedSequences: 30, optimizerSteps: 5, probeSequences: judged))
        let taught = recipe {
            ($0.steps, $0.problemsPerStep, $0.samplesPerProblem, $0.lessons, $0.judging) = (5, 3, 2, 7, .trained)
        }.budget
        // 28 lessons in 2 epochs of one step each.
        let expected = GenerationBudget(
            problems: 22, episodes: 58, trainedSequences: 30, optimizerSteps: 5, probeSequences: judged, criticSequences: 56,
            criticSteps: 2, critics: 1)
        #expect(taught == expected)
    }

    @Test(
        "what it spends is its budget, live, trained and with a KL",
        arguments: [(.live, 0), (.live, 0.1), (.trained, 0), (.trained, 0.1)] as [(JudgedReinforcement.Judging, Double)])
    func spending(judging: JudgedReinforcement.Judging, coefficient: Double) async throws {
        let recipe = recipe {
            ($0.steps, $0.problemsPerStep, $0.samplesPerProblem, $0.lessons) = (3, 5, 2, 40)
            ($0.judging, $0.klCoefficient) = (judging, coefficient)
        }
        // Every problem has a verdict and fits every context, so nothing of what is allowed is left over: 160 lessons are 3 steps an epoch.
        let spent = try await generation(recipe, of: reader()).spent
        #expect(spent == recipe.budget)
        #expect(spent.criticSteps == (judging == .trained ? 6 : 0) && spent.references == (coefficient > 0 ? 1 : 0))
    }

    @Test("shares outside 0 to 1 and no steps are refused by name", arguments: [-0.1, 1.1, .nan])
    func settings(share: Double) {
        var settings = JudgedReinforcement.Settings()
        #expect(throws: Never.self) { try settings.validate() }
        settings.verifiedShare = share
        let refusal = SettingsError.outOfRange(key: "verifiedShare", value: "\(share)", allowed: "0.0 to 1.0")
        #expect(throws: refusal) { try settings.validate() }
        settings = JudgedReinforcement.Settings()
        settings.steps = 0
        #expect(throws: SettingsError.self) { try settings.validate() }
    }
}
