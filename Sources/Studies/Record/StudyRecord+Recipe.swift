public import Autodidact
public import Recipes

extension StudyRecord {
    /// The recipe that is studied.
    ///
    /// - Throws: `UnknownRecipe` where the catalogue has none of this slug.
    public func recipe() throws(UnknownRecipe) -> any Recipe.Type { try RecipeCatalogue.recipe(named: slug) }

    /// The arm that is the recipe as the study has it: the one of its name, else the first that follows it.
    public var recipeArm: StudyArmRecord? {
        arms.first { $0.name == slug } ?? arms.first { $0.settings["recipe"] == slug }
    }
}
