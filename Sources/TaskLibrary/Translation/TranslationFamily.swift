public import Autodidact
public import Randomness

/// Translate a sentence between two small constructed languages in which every sentence has one exact meaning.
///
/// The prompt is `translation`, a sentence of the source language and a newline; `TranslationVerifier` says what a response is. The
/// grammar is in `TranslationGrammar.swift`, the words are in `TranslationLexicon`. Some words have two translations and an adverb
/// two places, so several responses can be right.
public struct TranslationFamily: ProceduralFamily {
    static let slug = "translation"

    /// What the catalogue says of translation.
    public let card = TaskCard(
        slug: slug,
        summary: "Translate a sentence between two small constructed languages of exact meaning.",
        levels: TranslationLevel.all.map(\.taskLevel),
        defaultLevels: TranslationLevel.defaults,
        maximumResponseTokens: 1 + longestResponse  // and the end-of-text token
    )

    /// Compares meanings.
    public let verifier: any Verifier = TranslationVerifier()

    /// The family, with the levels of `TranslationLevel`.
    public init() {}

    /// The words with one space between them; nil where there are none.
    public func answer(in response: String, to question: Question) -> String? {
        let words = response.split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// A random sentence.
    public func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        TranslationLevel.level(level).clause(using: &generator).problem(level: level)
    }

    /// Choices that a translation takes: one for each word and for each mark on it; 0 where the problem's reference cannot be read.
    public func difficulty(of problem: Problem) -> Double {
        guard let clause = TranslationClause(problem.reference), let sentence = clause.targets.first else { return 0 }
        return Double(1 + sentence.utf8.count { [UInt8(ascii: " "), UInt8(ascii: "-")].contains($0) })
    }

    /// What a speaker says who knows some words badly; empty where the problem's reference cannot be read.
    public func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        TranslationClause(problem.reference).map { TranslationDemonstrator.translation(of: $0, using: &generator) } ?? ""
    }

    /// The first right translation; empty where the problem's reference cannot be read.
    public func oracleResponse(for problem: Problem) -> String {
        TranslationClause(problem.reference)?.targets.first ?? ""
    }

    /// Bytes of the longest right response with a newline: words of two syllables with two marks each.
    private static let longestResponse =
        (TranslationLevel.all.map(\.words).max() ?? 0) * (4 + 2 * TranslationAffix.targetPlural.utf8.count + 1)
}
