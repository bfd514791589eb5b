import Autodidact
import Recipes
import Testing

@Suite("RecipeCatalogue")
struct RecipeCatalogueTests {
    @Test("slugs are unique and lead back to their recipe")
    func slugs() throws {
        let slugs = RecipeCatalogue.all.map { $0.card.slug }
        #expect(Set(slugs).count == slugs.count)
        for slug in slugs { #expect(try RecipeCatalogue.recipe(named: slug).card.slug == slug) }
    }

    @Test("a mistyped name is answered with the one that was probably meant")
    func unknown() {
        let error = #expect(throws: UnknownRecipe.self) { try RecipeCatalogue.recipe(named: "gpro") }
        #expect(error?.nearest == "grpo")
    }

    @Test("every recipe cites its paper, explains its settings and accepts its defaults", arguments: RecipeCatalogue.all.indices)
    func cards(index: Int) throws {
        try checkSettings(of: RecipeCatalogue.all[index])
    }

    private func checkSettings<R: Recipe>(of recipe: R.Type) throws {
        let settings = R.Settings()
        try settings.validate()
        #expect(Set(R.Settings.help.keys) == Set(SettingsTree(defaults: settings).keys.map(\.key)))
        // Settings that were read from text know their ranges as well.
        var tree = SettingsTree(defaults: settings)
        #expect(try tree.resolved() == settings)
        try tree.apply("learningRate=2")
        let changed = try tree.resolved()
        #expect(throws: SettingsError.outOfRange(key: "learningRate", value: "2.0", allowed: "1e-09 to 1.0")) { try changed.validate() }
        #expect(!recipe.card.paper.isEmpty && recipe.card.arxiv.contains("."))
        #expect(recipe.card.needs.isSuperset(of: [.training, .snapshots]))
        let budget = R(settings: settings).budget
        #expect(budget.problems > 0 && budget.episodes > 0 && budget.optimizerSteps > 0)
    }
}
