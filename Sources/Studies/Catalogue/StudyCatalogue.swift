import Autodidact

/// All studies that can be named.
public enum StudyCatalogue {
    /// Every study, in the order of the Atlas.
    public static let all: [any Study] = [
        NFTStudy(),
        BSTaRStudy(),
        SharpeningStudy(),
        SCoReStudy(),
        AlphaLLMStudy(),
        AgentRStudy(),
        SSRZeroStudy(),
        InternalConsistencyStudy(),
    ]

    /// The study of a slug.
    ///
    /// - Throws: `UnknownStudy` with the slug that was probably meant.
    public static func study(named slug: String) throws(UnknownStudy) -> any Study {
        for study in all where study.card.slug == slug { return study }
        throw UnknownStudy(slug: slug, nearest: nearestName(to: slug, among: all.map(\.card.slug)))
    }
}

/// A name that is no study's.
public struct UnknownStudy: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked for.
    public let slug: String
    /// What was probably meant.
    public let nearest: String?

    /// One sentence for people.
    public var description: String {
        let known = StudyCatalogue.all.map { $0.card.slug }.joined(separator: ", ")
        return "there is no study '\(slug)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "; known: \(known)")
    }
}
