import Autodidact
import Randomness
import Recipes
import TestSupport
import Testing

/// A recipe's generations on the letter task, one after the other, without evaluation and gate.
private struct Practice {
    let policy: ScriptedPolicy
    let base: PolicySnapshot

    init(readsAnyText: Bool = false) async throws {
        policy = ScriptedPolicy(readsAnyText: readsAnyText)
        base = try await policy.snapshot()
    }

    /// One generation from where the policy is, and what it recorded.
    @discardableResult
    func generation(_ recipe: some Recipe, number: Int = 1, on task: LetterTask = LetterTask()) async throws -> [String: Double] {
        let workshop = try Workshop(
            policy: policy, generation: number, seed: SeedTree(root: 5)("generation", number), family: task,
            start: try await policy.snapshot(), base: base, budget: recipe.budget, usage: recipe.usage(of: task),
            meter: PhaseMeter(clock: ManualClock()))
        try await recipe.improve(in: workshop)
        return await workshop.metrics
    }
}

private func nft(_ change: (inout NFT.Settings) -> Void = { _ in }) -> NFT {
    var settings = NFT.Settings()
    (settings.steps, settings.problemsPerStep, settings.learningRate) = (6, 16, 0.1)
    change(&settings)
    return NFT(settings: settings)
}

private func bStar(_ change: (inout BSTaR.Settings) -> Void = { _ in }) -> BSTaR {
    var settings = BSTaR.Settings()
    (settings.problems, settings.probeProblems, settings.samplesPerProblem) = (60, 10, 8)
    (settings.temperatures, settings.keptPerProblem, settings.correctPerProblem) = ([0.5, 1], 1, 1)
    (settings.sequencesPerStep, settings.learningRate, settings.warmUpSteps) = (8, 0.5, 2)
    change(&settings)
    return BSTaR(settings: settings)
}

private func sharpening(_ change: (inout Sharpening.Settings) -> Void = { _ in }) -> Sharpening {
    var settings = Sharpening.Settings()
    (settings.questions, settings.samplesPerQuestion, settings.sequencesPerStep) = (240, 6, 16)
    (settings.learningRate, settings.warmUpSteps) = (0.05, 0)
    change(&settings)
    return Sharpening(settings: settings)
}

@Suite("Self-training with a verifier")
struct SelfTrainingTests {
    @Test("improves the policy on sealed problems, the same way each time", arguments: [nft(), bStar()] as [any Recipe])
    func improves(recipe: any Recipe) async throws {
        let remains = try await TestRun(recipe: recipe).undisturbed()
        #expect(try #require(remains.summary).comparison.meanAtK.low > 0.3)
        #expect(try await TestRun(recipe: recipe).undisturbed() == remains)
    }

    @Test("stays within its budget", arguments: [nft(), nft { $0.samplingRounds = 3 }, bStar()] as [any Recipe])
    func budget(recipe: any Recipe) async throws {
        let record = try #require(try await TestRun(recipe: recipe, generations: 1).undisturbed().generations.first)
        #expect(record.episodes <= recipe.budget.episodes && record.episodes > recipe.budget.episodes / 4)
        #expect(record.metrics["train/steps"].map { $0 > 0 && $0 <= Double(recipe.budget.optimizerSteps) } == true)
    }

    @Test("NFT trains on mixed groups only, on-policy with one update a batch")
    func mixedGroups() async throws {
        let metrics = try await Practice().generation(nft { $0.steps = 2 })
        let mixed = try #require(metrics["groups/mixed"])
        #expect(mixed > 0 && mixed < 1)
        #expect(metrics["ratio/mean"] == 1 && metrics["train/steps"] == 2)
        #expect(metrics["negative/floored"] == 0)
        let flat = try await Practice().generation(nft(), on: LetterTask(onVerdict: { _ in .wrong("never") }))
        #expect(flat["groups/mixed"] == 0 && flat["train/steps"] == 0)
    }

    @Test("NFT's further updates of a batch are off-policy, and reach the floor")
    func offPolicy() async throws {
        let metrics = try await Practice().generation(nft { ($0.steps, $0.updatesPerStep) = (4, 8) })
        #expect(metrics["train/steps"] == 32)
        #expect(metrics["ratio/mean"] != 1)
        #expect(metrics["negative/floored"].map { $0 > 0 && $0 < 1 } == true)
    }

    @Test("NFT without weight on wrong answers is rejection-sampling fine-tuning")
    func rejectionSampling() async throws {
        let practice = try await Practice()
        let metrics = try await practice.generation(nft { ($0.steps, $0.negativeWeight) = (2, 0) })
        #expect(metrics["negative/floored"] == nil && metrics["train/steps"] == 2)
        #expect(try await practice.policy.snapshot().weightsHash != practice.base.weightsHash)
    }

    @Test("NFT fills a batch in several rounds")
    func rounds() async throws {
        let one = try await Practice().generation(nft { $0.steps = 1 })
        let four = try await Practice().generation(nft { ($0.steps, $0.samplingRounds) = (1, 4) })
        #expect((four["num_tokens"] ?? 0) > 1.3 * (one["num_tokens"] ?? 0))
    }

    @Test("B-STaR tunes to a temperature and threshold that were tried, and keeps what is correct", arguments: [1, 2])
    func tunes(number: Int) async throws {
        let metrics = try await Practice().generation(bStar(), number: number)
        #expect([0.5, 1].contains(metrics["tuning/temperature"]))
        #expect(metrics["tuning/threshold"].map { abs($0) <= 1 } == true)
        #expect(metrics["tuning/balance"].map { $0 > 0 && $0 <= 1 } == true && metrics["tuning/probe_balance"] != nil)
        #expect((metrics["exploitation/precision"] ?? 0) > 2 * (metrics["exploitation/base_rate"] ?? 1))
    }

    @Test("B-STaR's controls sample at a set temperature, or a random one, without a probe")
    func controls() async throws {
        let fixed = try await Practice().generation(bStar { ($0.configuration, $0.temperature) = (.fixed, 0.75) })
        #expect(fixed["tuning/temperature"] == 0.75 && fixed["tuning/threshold"] == 0.5 && fixed["exploitation/precision"] == 1)
        var drawn: Set<Double> = []
        for number in 1...6 {
            let random = try await Practice().generation(bStar { $0.configuration = .random }, number: number)
            drawn.insert(random["tuning/temperature"] ?? 0)
            #expect(random["tuning/probe_balance"] == nil)
        }
        #expect(drawn == [0.5, 1])
    }

    @Test("B-STaR's critic learns apart from the policy and is held against the verdicts")
    func critic() async throws {
        let practice = try await Practice(readsAnyText: true)
        let metrics = try await practice.generation(bStar { ($0.criticProblems, $0.criticSamples) = (12, 2) })
        #expect(metrics["critic/loss"] != nil && metrics["critic/certainty/auroc"] != nil)
        #expect((metrics["tokens_scored"] ?? 0) > 0)
        let record = try await Practice().generation(bStar())
        #expect(record["critic/loss"] == nil)
    }

    @Test("settings that nothing reads are refused")
    func noEffect() {
        func refuses<S: RecipeSettings>(_ change: (inout S) -> Void) -> Bool {
            var settings = S()
            change(&settings)
            do throws(SettingsError) { try settings.validate() } catch { return true }
            return false
        }
        #expect(refuses { (settings: inout NFT.Settings) in settings.floor = 0.5 })
        #expect(
            refuses { (settings: inout NFT.Settings) in
                (settings.floor, settings.updatesPerStep, settings.negativeWeight) = (0.5, 4, 0)
            })
        #expect(!refuses { (settings: inout NFT.Settings) in (settings.floor, settings.updatesPerStep) = (0.5, 4) })
        #expect(refuses { (settings: inout BSTaR.Settings) in settings.temperature = 0.7 })
        #expect(refuses { (settings: inout BSTaR.Settings) in (settings.configuration, settings.temperatures) = (.fixed, [1]) })
        #expect(refuses { (settings: inout BSTaR.Settings) in settings.criticSamples = 8 })
        #expect(refuses { (settings: inout BSTaR.Settings) in settings.temperatures = [] })
        #expect(refuses { (settings: inout Sharpening.Settings) in settings.beta = 2 })
        #expect(refuses { (settings: inout Sharpening.Settings) in (settings.method, settings.optimism) = (.rlhf, 0.1) })
        #expect(refuses { (settings: inout Sharpening.Settings) in settings.rounds = 2 })
        #expect(refuses { (settings: inout Sharpening.Settings) in (settings.method, settings.questions, settings.rounds) = (.xpo, 3, 4) })
        #expect(refuses { (settings: inout Sharpening.Settings) in (settings.method, settings.reward) = (.xpo, .majority) })
        #expect(!refuses { (settings: inout Sharpening.Settings) in (settings.method, settings.rounds, settings.beta) = (.xpo, 4, 0.5) })
    }
}

@Suite("Sharpening")
struct SharpeningTests {
    static let methods: [Sharpening] = [
        sharpening { $0.learningRate = 0.2 }, sharpening { $0.method = .rlhf },
        sharpening { ($0.method, $0.rounds, $0.sequencesPerStep) = (.xpo, 2, 64) },
    ]

    @Test("moves the policy onto what the first model finds likely", arguments: methods.indices)
    func sharpens(index: Int) async throws {
        let practice = try await Practice()
        let first = try await practice.generation(Self.methods[index])
        let second = try await practice.generation(Self.methods[index], number: 2)
        #expect((second["sharpness/mean_logprob"] ?? 0) > (first["sharpness/mean_logprob"] ?? 0))
        #expect((second["sharpness/mass_on_best"] ?? 0) > (first["sharpness/mass_on_best"] ?? 1))
    }

    @Test("learns the same whatever the verdicts are", arguments: methods.indices)
    func blind(index: Int) async throws {
        let (open, deceived) = (try await Practice(), try await Practice())
        let metrics = try await open.generation(Self.methods[index])
        try await deceived.generation(Self.methods[index], on: LetterTask(onVerdict: { _ in .wrong("always") }))
        #expect(try await open.policy.snapshot() == deceived.policy.snapshot())
        #expect(metrics["reward/own"] != nil && metrics["train/steps"].map { $0 > 1 } == true)
    }

    @Test("exploration draws as much again from the base and lowers it")
    func explores() async throws {
        let regression = try await Practice().generation(sharpening { $0.method = .rlhf })
        let exploration = try await Practice().generation(sharpening { $0.method = .xpo })
        #expect((exploration["num_tokens"] ?? 0) > (regression["num_tokens"] ?? 0))
        #expect(regression["rewards/accuracies"] != nil && exploration["rewards/margins"] != nil)
        let bold = try await Practice().generation(sharpening { ($0.method, $0.optimism) = (.xpo, 5) })
        let logprobs = { (metrics: [String: Double]) in (metrics["logps/chosen"] ?? 0) + (metrics["logps/rejected"] ?? 0) }
        #expect(logprobs(bold) < logprobs(exploration))
    }

    @Test("other rewards of its own: likelihood a token, and the majority's answer", arguments: Sharpening.SelfReward.allCases)
    func rewards(reward: Sharpening.SelfReward) async throws {
        let metrics = try await Practice().generation(sharpening { $0.reward = reward })
        let own = try #require(metrics["reward/own"])
        #expect(reward == .majority ? own > 0 && own < 1 : own < 0)
        #expect(metrics["selection/kept"] == 240)
    }

    @Test("responses that were cut off or are empty are not learned from")
    func incomplete() async throws {
        let practice = try await Practice()
        // Of one token a response is cut off, or nothing but the end. So hot, about one in 30 is the latter: some 46 of 1,440.
        let metrics = try await practice.generation(sharpening { ($0.maximumTokens, $0.temperature) = (1, 10) })
        let clipped = try #require(metrics["completions/clipped_ratio"])
        #expect(clipped > 0.8 && clipped < 1)
        #expect(metrics["selection/kept"] == 0 && metrics["train/steps"] == 0)
    }
}
