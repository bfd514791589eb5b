public import Autodidact
import Texts

/// All recipes that a run can name.
public enum RecipeCatalogue {
    /// Every recipe, by family, the plainest first.
    public static let all: [any Recipe.Type] = [
        ExpertIteration.self,
        GRPO.self,
        CorrectionSFT.self,
        NFT.self,
        BSTaR.self,
        Sharpening.self,
        SCoRe.self,
        SSRZero.self,
        AgentR.self,
        InternalConsistency.self,
        AlphaLLM.self,
    ]

    /// The recipe of a slug.
    ///
    /// - Throws: `UnknownRecipe` with the slug that was probably meant.
    public static func recipe(named slug: String) throws(UnknownRecipe) -> any Recipe.Type {
        for recipe in all where recipe.card.slug == slug { return recipe }
        throw UnknownRecipe(slug: slug, nearest: nearestName(to: slug, among: all.map { $0.card.slug }))
    }
}

/// A name that is no recipe's.
public struct UnknownRecipe: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked for.
    public let slug: String
    /// What was probably meant.
    public let nearest: String?

    /// One sentence for people.
    public var description: String {
        "there is no recipe '\(slug.shown)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "; see 'autodidact recipes'")
    }
}
