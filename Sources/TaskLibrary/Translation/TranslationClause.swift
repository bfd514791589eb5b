import Autodidact

/// What a sentence means: who does what to what, and how.
///
/// Written as `big stone.many;carry.past;river;soon`, by the names of the lexicon: a noun phrase is an adjective or none, then the noun,
/// with `.many` where there are several; `-` stands for no adverb.
struct TranslationClause: Sendable, Hashable {
    /// A thing that acts or is acted on.
    struct Phrase: Sendable, Hashable {
        var noun: TranslationEntry
        var isPlural: Bool
        var adjective: TranslationEntry?

        var text: String { "\(adjective.map { $0.meaning + " " } ?? "")\(noun.meaning)\(isPlural ? ".many" : "")" }
    }

    var subject: Phrase
    var verb: TranslationEntry
    var isPast: Bool
    var object: Phrase
    var adverb: TranslationEntry?

    /// The stored form, from which `init(_:)` makes an equal value.
    var text: String {
        "\(subject.text);\(verb.meaning)\(isPast ? ".past" : "");\(object.text);\(adverb?.meaning ?? "-")"
    }

    /// The problem, named by its meaning: sentence and meaning determine one another.
    func problem(level: Int) -> Problem {
        let slug = TranslationFamily.slug
        return Problem(task: slug, canonical: text, prompt: "\(slug) \(source)\n", reference: text, level: level)
    }
}

extension TranslationClause {
    /// Reads a stored meaning; nil where it is not written in this form or names what the lexicon lacks.
    init?(_ text: String) {
        guard text.utf8.count <= ResponseText.maximumBytes else { return nil }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 4, let subject = Self.phrase(parts[0]), let object = Self.phrase(parts[2]) else { return nil }
        let (verbName, isPast) = Self.marked(parts[1], by: ".past")
        guard let verb = TranslationLexicon.verbs.first(where: { $0.meaning == verbName }) else { return nil }
        let adverb = TranslationLexicon.adverbs.first { $0.meaning == parts[3] }
        guard adverb != nil || parts[3] == "-" else { return nil }
        self.init(subject: subject, verb: verb, isPast: isPast, object: object, adverb: adverb)
    }

    private static func phrase(_ text: Substring) -> Phrase? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard 1...2 ~= words.count, let last = words.last else { return nil }
        let (name, isPlural) = marked(last, by: ".many")
        guard let noun = TranslationLexicon.nouns.first(where: { $0.meaning == name }) else { return nil }
        let adjective = words.count == 2 ? TranslationLexicon.adjectives.first { $0.meaning == words[0] } : nil
        guard words.count == 1 || adjective != nil else { return nil }
        return Phrase(noun: noun, isPlural: isPlural, adjective: adjective)
    }

    private static func marked(_ word: Substring, by mark: String) -> (name: Substring, isMarked: Bool) {
        word.hasSuffix(mark) ? (word.dropLast(mark.count), true) : (word, false)
    }
}
