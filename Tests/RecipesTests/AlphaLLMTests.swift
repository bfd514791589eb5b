import Autodidact
import Randomness
import Recipes
import TestSupport
import Testing

@Suite("AlphaLLM")
struct AlphaLLMTests {
    static func recipe(_ change: (inout AlphaLLM.Settings) -> Void = { _ in }) -> AlphaLLM {
        var settings = AlphaLLM.Settings()
        settings.labelledProblems = 60
        settings.samplesPerProblem = 16
        settings.problems = 40
        settings.sequencesPerStep = 16
        settings.warmUpSteps = 0
        settings.search.rounds = 40
        settings.search.widening = 40
        settings.criticEpochs = 6
        settings.criticLearningRate = 0.1
        settings.learningRate = 0.1
        settings.threshold = 0.5
        change(&settings)
        return AlphaLLM(settings: settings)
    }

    /// What one generation did, and how good the policy is then.
    static func generation(_ recipe: AlphaLLM, contextLength: Int = 512) async throws -> (
        metrics: [String: Double], episodes: Int, weightsHash: String, accuracy: Double
    ) {
        let policy = SpellingPolicy(contextLength: contextLength)
        let start = try await policy.snapshot()
        let workshop = try Workshop(
            policy: policy, generation: 1, seed: SeedTree(root: 1), family: SpellingTask(), start: start, base: start,
            budget: recipe.budget, meter: PhaseMeter(clock: ManualClock()))
        try await recipe.improve(in: workshop)
        let (metrics, episodes) = (await workshop.metrics, await workshop.episodes.count)
        var stream = SpellingTask().problems(.heldOut, levels: [], key: SeedTree(root: 4))
        let problems = stream.next(20)
        let completions = try await policy.sample(
            problems.map { SamplingRequest(prompt: try policy.encode($0.prompt), count: 40, key: SeedTree(root: 8)(named: $0.id)) },
            options: SamplingOptions(maximumTokens: 9))
        let right = zip(problems, completions).reduce(0) { sum, pair in
            sum + pair.1.count { policy.decode($0.tokens) == pair.0.reference }
        }
        return (metrics, episodes, try await policy.snapshot().weightsHash, Double(right) / Double(20 * 40))
    }

    @Test("improves the policy by answers that no verifier saw, chosen by critics that are worth something")
    func improves() async throws {
        let base = try await Self.generation(Self.recipe { $0.threshold = 1 })  // nothing is learned
        #expect(base.metrics["selection/kept"] == 0)
        #expect(base.metrics["train/steps"] == 0)
        #expect(base.accuracy < 0.2)
        // Only the labelled share is made into judged episodes.
        #expect(base.episodes == 60 * 16)
        let taught = try await Self.generation(Self.recipe())
        #expect(taught.accuracy > base.accuracy + 0.1, "\(taught.accuracy) \(taught.metrics)")
        let precision = try #require(taught.metrics["exploitation/precision"])
        // Far above what the policy would write by itself.
        #expect(precision > 0.6, "\(precision)")
        #expect(try #require(taught.metrics["certainty/auroc"]) > 0.9)
        #expect(try #require(taught.metrics["critic/pair_accuracy"]) > 0.9)
        #expect(try #require(taught.metrics["search/merged"]) > 0)
        #expect(taught.metrics["critic/loss"] != nil && taught.metrics["reward/gap"] != nil)
    }

    @Test("learns nothing where its critics can read no whole answer")
    func shortContext() async throws {
        // A question about a beginning of three letters takes 49 tokens, about a whole answer 51.
        let unread = try await Self.generation(Self.recipe(), contextLength: 50)
        #expect(unread.metrics["lessons/too_long"] ?? 0 > 0 && unread.metrics["feedback/too_long"] ?? 0 > 0)
        #expect(unread.metrics["critic/loss"] != nil && unread.metrics["critic/pair_accuracy"] == nil)
        #expect(unread.metrics["selection/kept"] == 0 && unread.metrics["train/steps"] == 0)
        #expect(unread.metrics["search/nodes"] == 1 && unread.metrics["search/terminals"] == 0)
    }

    @Test("equal seeds give equal policies, other settings of the search others")
    func determinism() async throws {
        let first = try await Self.generation(Self.recipe())
        let second = try await Self.generation(Self.recipe())
        #expect(first.weightsHash == second.weightsHash && first.metrics == second.metrics)
        let narrow = try await Self.generation(Self.recipe { $0.search.widening = 0 })
        #expect(narrow.weightsHash != first.weightsHash)
        #expect(try #require(narrow.metrics["search/children"]) <= 2)
    }

    @Test("settings without sense are refused by name")
    func refusals() {
        func refusal(_ change: (inout AlphaLLM.Settings) -> Void) -> String {
            var settings = AlphaLLM.Settings()
            change(&settings)
            do { try settings.validate() } catch { return error.description }
            return ""
        }
        #expect(refusal { _ in }.isEmpty)
        #expect(refusal { $0.search.rounds = 0 }.contains("'search.rounds'"))
        #expect(
            refusal { $0.search.rollouts = 0 }
                == "setting 'search.outcomeWeight' is 1.0; allowed where 'search.rollouts' is 0: 0, as nothing is judged")
        #expect(
            refusal { $0.search.maximumChildren = 1 }
                == "setting 'search.maximumChildren' is 1; allowed where 'search.minimumChildren' is 2: from 2 up to 1000")
        #expect(
            refusal { ($0.search.minimumDistance, $0.search.resamples) = (0, 3) }
                == "setting 'search.resamples' is 3; allowed where 'search.minimumDistance' is 0: 2, the default, "
                + "as nothing is drawn again")
        #expect(
            refusal { ($0.search.rollouts, $0.search.outcomeWeight, $0.search.valueWeight) = (0, 0, 0) }
                == "setting 'search.valueWeight' is 0; allowed where 'search.outcomeWeight' is 0: above 0, or all nodes are worth the same")
        #expect(refusal { $0.threshold = .nan }.contains("'threshold'"))
        #expect(refusal { ($0.search.rollouts, $0.search.outcomeWeight) = (0, 0) }.isEmpty)
    }
}
