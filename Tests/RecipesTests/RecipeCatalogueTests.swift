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
        for (key, value, _) in tree.keys where Double(value) == nil { checkChoice(key, is: value, in: settings) }
        #expect(!recipe.card.paper.isEmpty && recipe.card.arxiv.contains("."))
        #expect(recipe.card.needs.isSuperset(of: [.training, .snapshots]))
        let budget = R(settings: settings).budget
        #expect(budget.problems > 0 && budget.episodes > 0 && budget.optimizerSteps > 0)
    }

    /// A setting that refuses a word, as choices do, lists what it takes.
    private func checkChoice(_ key: String, is value: String, in settings: some Codable & Sendable) {
        var tree = SettingsTree(defaults: settings)
        do {
            try tree.apply("\(key)=such")
        } catch {
            // What is no word has another error: a number, a list, or true or false.
            guard case .outOfRange(_, _, let allowed) = error else { return }
            #expect(allowed.contains(value.prefix { $0 != ":" }), "\(key): \(allowed)")
        }
    }
}
