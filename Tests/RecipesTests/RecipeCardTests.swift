import Autodidact
import Foundation
import Randomness
import Recipes
import TestSupport
import Testing

/// Recipes of published systems: all but the baselines, which have no study of their own.
private let studied = RecipeCatalogue.all.filter { $0.card.family != "Baselines" }

/// Runs that reach what small budgets leave out: other policies, contexts that are too short, further updates.
private let furtherCases: [BudgetCase] = [
    BudgetCase(SSRZero.self, "a short context", by: { ScriptedPolicy(contextLength: 33, readsAnyText: true) }) {
        ($0.steps, $0.questionsPerStep) = (2, 8)
    },
    BudgetCase(InternalConsistency.self, "a short context", by: { ScriptedPolicy(contextLength: 46, readsAnyText: true) }) {
        ($0.questions, $0.signal, $0.sequencesPerStep) = (20, .selfEvaluation, 8)
    },
    BudgetCase(BSTaR.self, "a short context", by: { ScriptedPolicy(contextLength: 47, readsAnyText: true) }) {
        ($0.problems, $0.samplesPerProblem, $0.configuration, $0.sequencesPerStep) = (60, 8, .fixed, 8)
        ($0.criticProblems, $0.criticSamples, $0.learningRate) = (12, 2, 0.5)
    },
    BudgetCase(
        AgentR.self, "a short context for judgements", on: LetterChainTask(),
        by: {
            ScriptedPolicy(contextLength: 62, readsAnyText: true)
        }
    ) {
        ($0.problems, $0.searchRounds, $0.revision, $0.sequencesPerStep) = (30, 30, "h", 8)
    },
    BudgetCase(
        AgentR.self, "a short context for splices", on: LetterChainTask(),
        by: {
            ScriptedPolicy(contextLength: 17, readsAnyText: true)
        }
    ) {
        ($0.problems, $0.searchRounds, $0.revision, $0.sequencesPerStep, $0.transition) = (30, 30, "h", 8, .end)
    },
    BudgetCase(AlphaLLM.self, "a short context", on: SpellingTask(), by: { SpellingPolicy(contextLength: 50) }) {
        ($0.labelledProblems, $0.samplesPerProblem, $0.problems, $0.search.rounds) = (60, 16, 10, 12)
        ($0.sequencesPerStep, $0.threshold) = (16, 0.5)
    },
]

@Suite("Cards of recipes")
struct RecipeCardTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test("each studied recipe has a file and a card, both with its citation, and every note is found in its source")
    func sources() throws {
        for recipe in studied {
            let (source, card) = (try Self.text(recipe.file()), try Self.text("Atlas/\(recipe.card.slug).md"))
            #expect(source.prefix(600).contains("arXiv:\(recipe.card.arxiv)"), "\(recipe)")
            #expect(source.contains("Card: Atlas/\(recipe.card.slug).md"), "\(recipe)")
            #expect(card.contains("arXiv:\(recipe.card.arxiv)") && card.contains(recipe.card.paper), "\(recipe)")
            #expect(recipe.notes.contains { $0.isDeparture } && recipe.notes.contains { !$0.isDeparture }, "\(recipe)")
            for note in recipe.notes {
                #expect(try Self.text(recipe.file(note.part)).contains(note.place), "\(recipe): \(note.place)")
                #expect(card.contains(note.text), "\(recipe): \(note.text)")
            }
        }
    }

    @Test("a metric is explained once, on the card and in METRICS")
    func explanations() throws {
        let metrics = try Self.text("docs/METRICS.md")
        for recipe in studied {
            let (card, names) = (try Self.text("Atlas/\(recipe.card.slug).md"), recipe.metrics.map(\.name))
            #expect(Set(names).count == names.count, "\(recipe)")
            for metric in recipe.metrics {
                #expect(card.contains("| `\(metric.name)` | \(metric.unit) | \(metric.meaning) |"), "\(recipe): \(metric.name)")
                // A critic's certainty is explained there under the name of certainty.
                let name = metric.name.replacing("critic/certainty/", with: "certainty/").replacing("critic/nll", with: "critic/…")
                #expect(metrics.contains("`\(name)`"), "\(metric.name)")
            }
        }
    }

    @Test("what small runs record is what the card explains, no less and no more", arguments: studied.map { $0.card.slug })
    func recorded(slug: String) async throws {
        let explained = Set(try RecipeCatalogue.recipe(named: slug).metrics.map(\.name))
        var recorded: Set<String> = []
        for tried in (BudgetCase.all + furtherCases) where tried.slug == slug { recorded.formUnion(try await names(recordedBy: tried)) }
        #expect(recorded.subtracting(explained).sorted() == [], "recorded and not explained")
        // The distance from the base is the loop's to record, after the recipe's part.
        #expect(explained.subtracting(recorded).subtracting(["kl/base"]).sorted() == [], "explained and never recorded")
    }

    @Test("a run records its distance from the base")
    func distance() async throws {
        let recipe = try #require(BudgetCase.all.first { $0.slug == "nft" }).recipe
        let generations = try await TestRun(recipe: recipe, generations: 1).undisturbed().generations
        #expect(generations.first?.metrics["kl/base"] != nil)
    }

    /// The names of two generations' figures.
    private func names(recordedBy tried: BudgetCase) async throws -> Set<String> {
        let policy = tried.policy()
        let base = try await policy.snapshot()
        var (past, names): ([[Episode]], Set<String>) = ([], [])
        for number in 1...2 {
            let history = past
            let workshop = try Workshop(
                policy: policy, generation: number, seed: SeedTree(root: 3)("generation", number), family: tried.family,
                start: try await policy.snapshot(), base: base, budget: tried.recipe.budget, usage: tried.recipe.usage(of: tried.family),
                history: { history[$0 - 1] }, earlierLength: number > 1 ? 10 : nil, meter: PhaseMeter(clock: ManualClock()))
            try await workshop.follow(tried.recipe)
            past.append(await workshop.episodes)
            names.formUnion(await workshop.metrics.keys)
        }
        return names
    }
}
