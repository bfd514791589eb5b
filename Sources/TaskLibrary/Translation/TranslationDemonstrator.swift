import Randomness

/// A speaker who knows some words well, some badly, and now and then slips in the grammar.
///
/// What is not known well is confused with one certain other word, so that a model which learns from this speaker has beliefs to revise,
/// and not only noise to get rid of.
enum TranslationDemonstrator {
    /// How probably a word is the right one, by its number in the lexicon, over and over.
    ///
    /// A quarter is known so badly that the wrong word is the more probable one.
    static let knowledge = [0.98, 0.97, 0.96, 0.4, 0.95, 0.92, 0.85, 0.35]
    /// How probably each mark of plural, agreement and tense is left out.
    static let lostMark = 0.02
    /// How probably the verb comes where the source language has it.
    static let foreignOrder = 0.04

    /// The speaker's translation.
    static func translation(of clause: TranslationClause, using generator: inout KeyedGenerator) -> String {
        let subject = words(clause.subject, using: &generator)
        let object = words(clause.object, using: &generator)
        var verb = word(clause.verb, among: TranslationLexicon.verbs, using: &generator)
        if clause.isPast { mark(&verb, by: TranslationAffix.targetPast, using: &generator) }
        if clause.subject.isPlural { mark(&verb, by: TranslationAffix.targetPlural, using: &generator) }
        let isForeign = generator.uniform() < foreignOrder
        var sentence = isForeign ? subject + [verb] + object : subject + object + [verb]
        if let adverb = clause.adverb {
            let word = word(adverb, among: TranslationLexicon.adverbs, using: &generator)
            sentence.insert(word, at: generator.index(below: 2) == 0 ? 0 : sentence.count)
        }
        return sentence.joined(separator: " ")
    }

    private static func words(_ phrase: TranslationClause.Phrase, using generator: inout KeyedGenerator) -> [String] {
        var words = [word(phrase.noun, among: TranslationLexicon.nouns, using: &generator)]
        if let adjective = phrase.adjective { words.append(word(adjective, among: TranslationLexicon.adjectives, using: &generator)) }
        if phrase.isPlural {
            for index in words.indices { mark(&words[index], by: TranslationAffix.targetPlural, using: &generator) }
        }
        return words
    }

    /// A word for the meaning, or for the one it is confused with: the next of its class.
    private static func word(
        _ entry: TranslationEntry, among entries: [TranslationEntry], using generator: inout KeyedGenerator
    ) -> String {
        let number = TranslationLexicon.all.firstIndex(of: entry) ?? 0
        let isKnown = generator.uniform() < knowledge[number % knowledge.count]
        let next = entries[((entries.firstIndex(of: entry) ?? 0) + 1) % entries.count]
        let words = isKnown ? entry.targets : Array(next.targets.prefix(1))
        return words[generator.index(below: words.count)]
    }

    private static func mark(_ word: inout String, by affix: String, using generator: inout KeyedGenerator) {
        if generator.uniform() >= lostMark { word += affix }
    }
}
