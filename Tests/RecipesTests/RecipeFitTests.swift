import Autodidact
import Recipes
import TaskLibrary
import Testing

@Suite("What recipes need")
struct RecipeFitTests {
    private static func task(turns: Int) -> TaskCard {
        TaskCard(
            slug: "task\(turns)", summary: "", levels: [TaskLevel(1, "")], defaultLevels: [1], maximumResponseTokens: 8, maximumTurns: turns
        )
    }

    private static func card(_ interaction: Interaction, needs: Set<Capability> = [.training]) -> RecipeCard {
        RecipeCard(
            slug: "\(interaction)", name: "", family: "", paper: "", arxiv: "", summary: "", needs: needs, interaction: interaction)
    }

    @Test("an environment is neither missed nor misused")
    func interaction() {
        #expect(Self.card(.environment).misfits(with: Self.task(turns: 1)) == [.needsEnvironment])
        #expect(Self.card(.singleTurn).misfits(with: Self.task(turns: 9)) == [.needsSingleTurn(turns: 9)])
        for (interaction, turns) in [(Interaction.any, 1), (.any, 9), (.singleTurn, 1), (.environment, 9)] {
            #expect(Self.card(interaction).misfits(with: Self.task(turns: turns)).isEmpty)
        }
    }

    @Test("a policy that cannot learn or be rolled back is not enough")
    func capabilities() {
        let card = Self.card(.any, needs: [.training, .logprobs])
        #expect(card.misfits(with: Self.task(turns: 1), capabilities: [.logprobs]) == [.lacks([.snapshots, .training])])
        #expect(card.misfits(with: Self.task(turns: 1), capabilities: [.logprobs, .training]) == [.lacks([.snapshots])])
    }

    @Test("a policy that only samples is told what can be done with it", arguments: RecipeCatalogue.all.indices)
    func onlySampling(index: Int) {
        let card = RecipeCatalogue.all[index].card
        let task = TaskCatalogue.families.map(\.card).first { card.misfits(with: $0).isEmpty } ?? Self.task(turns: 1)
        let error = #expect(throws: RecipeMismatch.self) { try RecipeCatalogue.check(card, on: task, capabilities: []) }
        #expect(error?.description.contains("training") == true && error?.description.contains("'autodidact eval'") == true)
    }

    private static let tasks = TaskCatalogue.families.map(\.card) + [task(turns: 1), task(turns: 9)]

    @Test(
        "every recipe either fits a task or is refused with recipes and tasks that do",
        arguments: RecipeCatalogue.all.indices, tasks.indices)
    func everyRecipe(index: Int, place: Int) throws {
        let (card, task) = (RecipeCatalogue.all[index].card, Self.tasks[place])
        let fitting = RecipeCatalogue.fitting(task)
        guard card.misfits(with: task).isEmpty else {
            #expect(!fitting.contains(card))
            let error = #expect(throws: RecipeMismatch.self) { try RecipeCatalogue.check(card, on: task, among: Self.tasks) }
            let text = "\(try #require(error))"
            #expect(text.contains("'\(card.slug)'") && text.contains("'\(task.slug)'") && !text.contains("\n"))
            #expect(fitting.allSatisfy { text.contains($0.slug) })
            let tasks = Self.tasks.filter { card.misfits(with: $0).isEmpty }.map(\.slug)
            #expect(error?.fittingTasks == tasks && !tasks.isEmpty && text.hasSuffix(tasks.joined(separator: ", ")))
            return
        }
        #expect(fitting.contains(card))
        try RecipeCatalogue.check(card, on: task)
    }

    @Test("a recipe that claims to need no verifier is one that cannot see verdicts", arguments: RecipeCatalogue.all.indices)
    func selfTaught(index: Int) {
        let recipe = RecipeCatalogue.all[index]
        #expect((recipe is any SelfTaughtRecipe.Type) == (recipe.card.feedback == .none), "\(recipe.card.slug)")
    }

    @Test("some recipe fits every kind of task, and none a policy that can do nothing")
    func fitting() {
        #expect(!RecipeCatalogue.fitting(Self.task(turns: 1)).isEmpty && !RecipeCatalogue.fitting(Self.task(turns: 9)).isEmpty)
        #expect(RecipeCatalogue.fitting(Self.task(turns: 1), capabilities: []).isEmpty)
    }

    @Test("needs are listed in words")
    func requirements() {
        let card = RecipeCard(
            slug: "x", name: "", family: "", paper: "", arxiv: "", summary: "", needs: [.training, .logprobs], interaction: .environment,
            judges: [.critic])
        #expect(card.requirements == ["logprobs", "training", "verifier", "environment", "second policy"])
        let blind = RecipeCard(
            slug: "x", name: "", family: "", paper: "", arxiv: "", summary: "", needs: [.training], feedback: .none, judges: [.itself])
        #expect(blind.requirements == ["training"])
        let taught = RecipeCard(
            slug: "x", name: "", family: "", paper: "", arxiv: "", summary: "", needs: [.training], feedback: .critics, judges: [.critic])
        #expect(taught.requirements == ["training", "verifier", "second policy"])
    }
}
