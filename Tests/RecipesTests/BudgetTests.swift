import Autodidact
import Randomness
import Recipes
import TestSupport
import Testing

/// A recipe with settings of its own, and what it is tried on.
struct BudgetCase: Sendable, CustomTestStringConvertible {
    let recipe: any Recipe
    let name: String
    let family: any TaskFamily
    let policy: @Sendable () -> any TrainablePolicy

    /// Letters with a policy that can be asked anything, unless told otherwise.
    init<R: Recipe>(
        _ type: R.Type, _ name: String, on family: any TaskFamily = LetterTask(),
        by policy: @escaping @Sendable () -> any TrainablePolicy = { ScriptedPolicy(contextLength: 512, readsAnyText: true) },
        _ change: (inout R.Settings) -> Void
    ) {
        var settings = R.Settings()
        change(&settings)
        recipe = R(settings: settings)
        self.name = name
        self.family = family
        self.policy = policy
    }

    var slug: String { type(of: recipe).card.slug }
    var testDescription: String { "\(slug), \(name)" }

    static let all: [BudgetCase] = [
        BudgetCase(ExpertIteration.self, "all rounds' episodes") {
            ($0.problems, $0.sequencesPerStep, $0.epochs, $0.pool) = (20, 8, 2, .accumulated)
        },
        BudgetCase(GRPO.self, "with a penalty") {
            ($0.steps, $0.problemsPerStep, $0.updatesPerStep, $0.klCoefficient) = (2, 8, 2, 0.1)
        },
        BudgetCase(CorrectionSFT.self, "pairs") { ($0.problems, $0.sequencesPerStep, $0.keptPerProblem) = (40, 8, 12) },
        BudgetCase(NFT.self, "several rounds") {
            ($0.steps, $0.problemsPerStep, $0.samplingRounds, $0.updatesPerStep) = (2, 8, 2, 3)
        },
        BudgetCase(BSTaR.self, "without a critic") {
            ($0.problems, $0.samplesPerProblem, $0.probeProblems, $0.temperatures) = (20, 8, 5, [0.5, 1])
            $0.sequencesPerStep = 8
        },
        // Its responses have four steps, so that beginnings are continued.
        BudgetCase(BSTaR.self, "with a critic", on: SpellingTask(), by: { SpellingPolicy() }) {
            ($0.problems, $0.samplesPerProblem, $0.configuration) = (20, 8, .fixed)
            ($0.criticProblems, $0.criticSamples, $0.sequencesPerStep) = (5, 3, 8)
        },
        BudgetCase(Sharpening.self, "imitation") { ($0.questions, $0.samplesPerQuestion, $0.sequencesPerStep) = (20, 4, 8) },
        BudgetCase(Sharpening.self, "regression") {
            ($0.questions, $0.samplesPerQuestion, $0.sequencesPerStep, $0.method, $0.epochs) = (20, 4, 8, .rlhf, 2)
        },
        // 10 questions in 4 rounds are 2, 3, 2 and 3.
        BudgetCase(Sharpening.self, "exploration in uneven rounds") {
            ($0.questions, $0.samplesPerQuestion, $0.sequencesPerStep, $0.method, $0.rounds) = (10, 4, 4, .xpo, 4)
        },
        BudgetCase(SCoRe.self, "two attempts") { ($0.steps, $0.stageOneSteps, $0.problemsPerStep) = (2, 1, 6) },
        BudgetCase(SSRZero.self, "scores read by the policy, with a penalty") {
            ($0.steps, $0.questionsPerStep, $0.klCoefficient) = (2, 4, 0.1)
        },
        BudgetCase(SSRZero.self, "scores written by the base") {
            ($0.steps, $0.questionsPerStep, $0.readout, $0.judge) = (2, 4, .sampled, .base)
        },
        BudgetCase(AgentR.self, "judged", on: LetterChainTask()) {
            ($0.problems, $0.searchRounds, $0.revision, $0.sequencesPerStep) = (30, 30, "h", 8)
        },
        BudgetCase(AgentR.self, "good episodes alone", on: LetterChainTask()) {
            ($0.problems, $0.searchRounds, $0.sequencesPerStep, $0.transition) = (30, 30, 8, .none)
        },
        BudgetCase(AgentR.self, "fewer lessons than are found", on: LetterChainTask()) {
            ($0.problems, $0.searchRounds, $0.revision, $0.sequencesPerStep, $0.lessons) = (30, 30, "h", 8, 20)
        },
        BudgetCase(InternalConsistency.self, "agreement") { ($0.questions, $0.sequencesPerStep, $0.keptShare) = (25, 8, 0.3) },
        BudgetCase(InternalConsistency.self, "self-evaluation") {
            ($0.questions, $0.sequencesPerStep, $0.signal, $0.epochs) = (25, 8, .selfEvaluation, 2)
        },
        // With threshold 0 every search is learned from.
        BudgetCase(AlphaLLM.self, "contrasts", on: SpellingTask(), by: { SpellingPolicy() }) {
            ($0.labelledProblems, $0.samplesPerProblem, $0.contrasts, $0.problems) = (28, 8, 2, 6)
            ($0.search.rounds, $0.threshold, $0.sequencesPerStep) = (12, 0, 8)
        },
        BudgetCase(AlphaLLM.self, "all rollouts, no merge", on: SpellingTask(), by: { SpellingPolicy() }) {
            ($0.labelledProblems, $0.samplesPerProblem, $0.contrasts, $0.problems) = (17, 3, 0, 6)
            ($0.search.rounds, $0.search.minimumDistance, $0.threshold, $0.sequencesPerStep) = (12, 0, 0, 8)
        },
    ]
}

@Suite("Budgets of generations")
struct BudgetTests {
    @Test("every recipe of the catalogue is tried")
    func complete() {
        #expect(Set(BudgetCase.all.map(\.slug)) == Set(RecipeCatalogue.all.map { $0.card.slug }))
    }

    @Test("what a generation spends never passes its budget, which names no work that is not done", arguments: BudgetCase.all)
    func bounds(_ tried: BudgetCase) async throws {
        let policy = tried.policy()
        let base = try await policy.snapshot()
        var past: [[Episode]] = []
        for number in 1...2 {
            let history = past
            let workshop = try Workshop(
                policy: policy, generation: number, seed: SeedTree(root: 3)("generation", number), family: tried.family,
                start: try await policy.snapshot(), base: base, budget: tried.recipe.budget, usage: tried.recipe.usage(of: tried.family),
                history: { history[$0 - 1] }, meter: PhaseMeter(clock: ManualClock()))
            try await workshop.follow(tried.recipe)
            let episodes = await workshop.episodes
            past.append(episodes)
            let budget = tried.recipe.budget(ofGeneration: number, stepsPerEpisode: steps(of: episodes, by: policy))
            for (kind, spent, most) in kinds(await workshop.spent, budget) {
                #expect(spent <= most, "\(kind) in generation \(number)")
                // A policy that has learned may leave the second generation less to do.
                if number == 1 { #expect((spent > 0) == (most > 0), "\(kind)") }
            }
            let turns = episodes.map(\.policyTurns.count).max() ?? 0
            #expect(turns <= tried.recipe.usage(of: tried.family).maximumTurns)
        }
    }

    @Test("a pool of all episodes makes each generation's budget larger than the one before, a window only to its width")
    func pool() {
        func steps(_ pool: RoundSchedule.Pool) -> [Int] {
            var settings = ExpertIteration.Settings()
            (settings.problems, settings.keptPerProblem, settings.sequencesPerStep, settings.pool) = (10, 2, 5, pool)
            let recipe = ExpertIteration(settings: settings)
            return (1...4).map { recipe.budget(ofGeneration: $0, stepsPerEpisode: 1).optimizerSteps }
        }
        // 10 problems × 2 responses a round, 5 of them a step.
        #expect(steps(.thisRound) == [4, 4, 4, 4])
        #expect(steps(.window(2)) == [4, 8, 8, 8])
        #expect(steps(.accumulated) == [4, 8, 12, 16])
    }

    @Test("the outcome critic of a search is tried once on the problems that are kept back")
    func criticTests() {
        var settings = AlphaLLM.Settings()
        (settings.labelledProblems, settings.samplesPerProblem, settings.problems) = (32, 6, 5)
        // One in 8 of 32 problems, 6 responses each, a label for yes and for no.
        #expect(AlphaLLM(settings: settings).budget.probeSequences == 5 * settings.search.probeSequencesPerTree + 4 * 6 * 2)
    }

    @Test("a search counts options drawn anew, rollouts, and a label for yes and for no")
    func search() {
        var settings = TextSearchSettings()
        (settings.rounds, settings.minimumDistance, settings.resamples, settings.rollouts) = (10, 1, 2, 3)
        // 10 rounds of 1 + 2 options; the root and 10 nodes with 3 rollouts each; of each node a value and 3 outcomes.
        #expect(settings.continuationsPerTree == 30 + 33)
        #expect(settings.probeSequencesPerTree == 11 * (1 + 3) * 2)
        (settings.minimumDistance, settings.rollouts) = (0, 0)
        // Without merge each round draws once; without rollouts only terminal nodes have an outcome.
        #expect(settings.continuationsPerTree == 10)
        #expect(settings.probeSequencesPerTree == 11 * 2 * 2)
    }

    /// The most turns, or steps of a response, of any episode.
    private func steps(of episodes: [Episode], by policy: any Policy) -> Int {
        episodes.map { episode in
            let completion = episode.attempt.completion
            let segmenter = StepSegmenter.sentence(maximumTokens: max(1, completion.count))
            return max(episode.policyTurns.count, segmenter.steps(of: completion) { policy.decode($0) }.count)
        }.max() ?? 1
    }

    private func kinds(_ spent: GenerationBudget, _ budget: GenerationBudget) -> [(kind: String, spent: Int, most: Int)] {
        [
            ("problems", spent.problems, budget.problems), ("episodes", spent.episodes, budget.episodes),
            ("searched episodes", spent.searchedEpisodes, budget.searchedEpisodes),
            ("continuations", spent.continuations, budget.continuations),
            ("written scores", spent.writtenScores, budget.writtenScores),
            ("reference sequences", spent.referenceSequences, budget.referenceSequences),
            ("probe sequences", spent.probeSequences, budget.probeSequences),
            ("trained sequences", spent.trainedSequences, budget.trainedSequences),
            ("optimizer steps", spent.optimizerSteps, budget.optimizerSteps),
            ("critic sequences", spent.criticSequences, budget.criticSequences), ("critic steps", spent.criticSteps, budget.criticSteps),
            ("references", spent.references, budget.references), ("critics", spent.critics, budget.critics),
        ]
    }
}
