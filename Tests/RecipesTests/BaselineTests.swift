import Autodidact
import Recipes
import TestSupport
import Testing

@Suite("The baselines")
struct BaselineTests {
    private static func expertIteration(_ change: (inout ExpertIteration.Settings) -> Void = { _ in }) -> ExpertIteration {
        var settings = ExpertIteration.Settings()
        settings.problems = 100
        settings.sequencesPerStep = 8
        settings.learningRate = 0.5
        settings.warmUpSteps = 2
        change(&settings)
        return ExpertIteration(settings: settings)
    }

    private static func grpo(_ change: (inout GRPO.Settings) -> Void = { _ in }) -> GRPO {
        var settings = GRPO.Settings()
        settings.steps = 6
        settings.problemsPerStep = 16
        settings.learningRate = 0.1
        change(&settings)
        return GRPO(settings: settings)
    }

    @Test("improve the policy on sealed problems", arguments: [expertIteration(), grpo()] as [any Recipe])
    func improve(recipe: any Recipe) async throws {
        let remains = try await TestRun(recipe: recipe).undisturbed()
        let summary = try #require(remains.summary)
        #expect(summary.comparison.meanAtK.low > 0.3)
        #expect(try await TestRun(recipe: recipe).undisturbed() == remains)
    }

    @Test("stay within their budget", arguments: [expertIteration(), grpo()] as [any Recipe])
    func budget(recipe: any Recipe) async throws {
        let record = try #require(try await TestRun(recipe: recipe, generations: 1).undisturbed().generations.first)
        #expect(record.episodes == recipe.budget.episodes)
        #expect(record.metrics["train/steps"].map { $0 <= Double(recipe.budget.optimizerSteps) } == true)
    }

    @Test(
        "are rolled back when they learn the opposite",
        arguments: [expertIteration { $0.learningRate = -0.5 }, grpo { $0.learningRate = -0.1 }] as [any Recipe]
    )
    func harmful(recipe: any Recipe) async throws {
        let remains = try await TestRun(recipe: recipe).undisturbed()
        #expect(remains.generations.allSatisfy { $0.decision.outcome == .rolledBack })
        #expect(remains.summary?.before == remains.summary?.after)
    }

    @Test("expert iteration keeps different correct responses up to its limit")
    func keeps() async throws {
        let remains = try await TestRun(recipe: Self.expertIteration { $0.keptPerProblem = 1 }, generations: 1).undisturbed()
        let solved = Set(remains.episodes[0].filter(\.verdict.isCorrect).map(\.problem.id)).count
        #expect(remains.generations[0].metrics["selection/kept"] == Double(solved))
    }

    @Test("GRPO makes a reference only where there is a KL penalty", arguments: [0.0, 0.1])
    func reference(klCoefficient: Double) async throws {
        let calls = Recorder<ScriptedPolicy.Call>()
        let ledger = MemoryLedger()
        let run = TestRun(recipe: Self.grpo { $0.klCoefficient = klCoefficient }, generations: 1)
        _ = try await run.loop(ScriptedPolicy(onCall: { calls.record($0) }), ledger).run(run.manifest)
        #expect(calls.values.contains(.freeze) == (klCoefficient > 0))
        let metrics = try #require(await ledger.generations.first?.metrics)
        #expect((metrics["kl"] != nil) == (klCoefficient > 0))
        #expect(metrics["frac_reward_zero_std"] != nil)
        #expect(metrics["clip_ratio/high_mean"] != nil)
    }

    @Test("GRPO clips once a batch is used more than once")
    func clips() async throws {
        let recipe = Self.grpo { $0.updatesPerStep = 4 }
        let metrics = try #require(try await TestRun(recipe: recipe, generations: 1).undisturbed().generations.first?.metrics)
        #expect(metrics["clip_ratio/high_mean"].map { $0 > 0 } == true)
    }

    @Test("GRPO refuses clip bounds that cannot act")
    func noEffect() {
        var settings = GRPO.Settings()
        settings.clipHigh = 0.28
        #expect(throws: SettingsError.self) { try settings.validate() }
        settings.updatesPerStep = 2
        #expect(throws: Never.self) { try settings.validate() }
    }

    @Test("a setting outside its range is refused by name")
    func outOfRange() {
        var settings = ExpertIteration.Settings()
        settings.learningRate = -1
        #expect(throws: SettingsError.self) { try settings.validate() }
        var stages = SCoRe.Settings()
        (stages.steps, stages.stageOneSteps) = (3, 4)
        let refusal = SettingsError.conflict(
            key: "stageOneSteps", value: "4", allowed: "from 0 up to 3", other: "steps", otherValue: "3")
        #expect(throws: refusal) { try stages.validate() }
    }
}
