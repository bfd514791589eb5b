public import Autodidact
import Texts

/// All task families that come with Autodidact.
public enum TaskCatalogue {
    /// The families, in the order in which they are listed.
    public static let families: [any ProceduralFamily] = [
        CountdownFamily(), ArithmeticFamily(), KeydoorFamily(), TranslationFamily(), ChoiceFamily(),
    ]

    /// The family of that slug.
    ///
    /// - Throws: `UnknownTask` with the nearest slug where there is no such family.
    public static func family(named slug: String) throws(UnknownTask) -> any ProceduralFamily {
        if let family = families.first(where: { $0.card.slug == slug }) { return family }
        throw UnknownTask(slug: slug, known: families.map(\.card.slug))
    }
}

/// A task was asked for that the catalogue does not have.
public struct UnknownTask: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for.
    public let slug: String
    /// What there is.
    public let known: [String]
    /// What was probably meant.
    public let nearest: String?

    /// An error for `slug`, which is not among `known`.
    public init(slug: String, known: [String]) {
        self.slug = slug
        self.known = known
        nearest = nearestName(to: slug, among: known)
    }

    /// One sentence for people.
    public var description: String {
        let suggestion = nearest.map { "; did you mean '\($0)'?" } ?? "."
        return "There is no task named '\(slug.shown)'\(suggestion) Known tasks: \(known.joined(separator: ", "))."
    }
}
