import Autodidact
import Randomness

/// What the sentences of one level are made of.
struct TranslationLevel: Sendable, Hashable, NumberedLevel {
    static let task = TranslationFamily.slug

    let number: Int
    /// How many of subject and object have an adjective.
    let adjectives: Int
    let hasTense: Bool
    let hasAdverb: Bool

    static let all = [
        TranslationLevel(number: 1, adjectives: 0, hasTense: false, hasAdverb: false),
        TranslationLevel(number: 2, adjectives: 1, hasTense: true, hasAdverb: false),
        TranslationLevel(number: 3, adjectives: 2, hasTense: true, hasAdverb: true),
    ]

    static let defaults = [2]

    /// Words of a sentence, the same in both languages.
    var words: Int { 3 + adjectives + (hasAdverb ? 1 : 0) }

    /// The level's line in the catalogue.
    var taskLevel: TaskLevel {
        TaskLevel(number, "\(words) words" + (hasTense ? ", present or past" : "") + (hasAdverb ? ", with an adverb" : ""))
    }

    /// A random meaning.
    func clause(using generator: inout KeyedGenerator) -> TranslationClause {
        let isSubjectDescribed = adjectives == 2 || (adjectives == 1 && generator.index(below: 2) == 0)
        let subject = Self.phrase(isDescribed: isSubjectDescribed, using: &generator)
        let verb = Self.entry(of: TranslationLexicon.verbs, using: &generator)
        let isPast = hasTense && generator.index(below: 2) == 0
        let object = Self.phrase(isDescribed: adjectives > (isSubjectDescribed ? 1 : 0), using: &generator)
        let adverb = hasAdverb ? Self.entry(of: TranslationLexicon.adverbs, using: &generator) : nil
        return TranslationClause(subject: subject, verb: verb, isPast: isPast, object: object, adverb: adverb)
    }

    private static func phrase(isDescribed: Bool, using generator: inout KeyedGenerator) -> TranslationClause.Phrase {
        let noun = entry(of: TranslationLexicon.nouns, using: &generator)
        let isPlural = generator.index(below: 2) == 0
        let adjective = isDescribed ? entry(of: TranslationLexicon.adjectives, using: &generator) : nil
        return TranslationClause.Phrase(noun: noun, isPlural: isPlural, adjective: adjective)
    }

    private static func entry(of entries: [TranslationEntry], using generator: inout KeyedGenerator) -> TranslationEntry {
        entries[generator.index(below: entries.count)]
    }
}
