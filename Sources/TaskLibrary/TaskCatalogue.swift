public import Autodidact
import Texts

/// All task families that come with Autodidact.
public enum TaskCatalogue {
    /// The families that need nothing beside themselves, in the order in which they are listed.
    public static let families: [any ProceduralFamily] = [
        CountdownFamily(), ArithmeticFamily(), KeydoorFamily(), TranslationFamily(), ChoiceFamily(),
    ]

    /// What the catalogue says of all families, those included that run what a policy writes.
    public static let cards = families.map(\.card) + [ProgramFamily.card]

    /// The family of that slug among all; `runner` is asked for only where it runs what a policy writes.
    ///
    /// - Throws: `UnknownTask` with the nearest slug where there is no such family.
    public static func family(named slug: String, runner: () -> any ProgramRunner) throws(UnknownTask) -> any ProceduralFamily {
        if slug == ProgramFamily.slug { return ProgramFamily(runner: runner()) }
        if let family = families.first(where: { $0.card.slug == slug }) { return family }
        throw UnknownTask(slug: slug, known: cards.map(\.slug))
    }

    /// The family of that slug among those that need nothing beside themselves.
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
        return "there is no task named '\(slug.shown)'\(suggestion) Known tasks: \(known.joined(separator: ", "))."
    }
}
