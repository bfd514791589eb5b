/// How the two languages say a meaning.
///
/// | | source | target |
/// |---|---|---|
/// | order | adverb, subject, verb, object | subject, object, verb; an adverb before or after all |
/// | adjective | before its noun | after its noun, and plural with it |
/// | plural | noun + `-ta` | noun + `-ra`; the verb too, with its subject |
/// | past | verb + `-ki` | verb + `-li`, before the mark of the plural |
///
/// Affixes are set off by a hyphen, so no form can be read as another.
enum TranslationAffix {
    static let sourcePlural = "-ta"
    static let sourcePast = "-ki"
    static let targetPlural = "-ra"
    static let targetPast = "-li"
}

extension TranslationClause {
    /// The sentence in the source language.
    var source: String {
        let verb = [verb.source + (isPast ? TranslationAffix.sourcePast : "")]
        return ((adverb.map { [$0.source] } ?? []) + Self.source(subject) + verb + Self.source(object)).joined(separator: " ")
    }

    /// Every right translation: all choices of words of equal meaning and of the adverb's place, in a fixed order, the first words first.
    var targets: [String] {
        let places = adverb == nil ? [false] : [false, true]
        return Self.choices(of: slots).flatMap { words in places.map { Self.sentence(words, adverb: adverb, atFront: $0) } }
    }

    /// The translation by the given words: the form that the grammar gives to one choice for each slot.
    static func sentence(_ words: [String], adverb: TranslationEntry?, atFront: Bool) -> String {
        (adverb.map { entry in atFront ? [entry.targets[0]] + words : words + [entry.targets[0]] } ?? words).joined(separator: " ")
    }

    /// What stands in each place of the target sentence, its adverb aside: the words of equal meaning, inflected.
    var slots: [[String]] {
        let agreement = (isPast ? TranslationAffix.targetPast : "") + (subject.isPlural ? TranslationAffix.targetPlural : "")
        return Self.slots(subject) + Self.slots(object) + [verb.targets.map { $0 + agreement }]
    }

    private static func source(_ phrase: Phrase) -> [String] {
        (phrase.adjective.map { [$0.source] } ?? []) + [phrase.noun.source + (phrase.isPlural ? TranslationAffix.sourcePlural : "")]
    }

    private static func slots(_ phrase: Phrase) -> [[String]] {
        let ending = phrase.isPlural ? TranslationAffix.targetPlural : ""
        return [phrase.noun, phrase.adjective].compactMap { $0?.targets.map { $0 + ending } }
    }

    private static func choices(of slots: [[String]]) -> [[String]] {
        slots.reduce([[]]) { sentences, slot in sentences.flatMap { sentence in slot.map { sentence + [$0] } } }
    }
}
