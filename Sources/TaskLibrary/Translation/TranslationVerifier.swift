public import Autodidact

/// Judges translations by their meaning.
///
/// Right where the response is one of all sentences of the target language that mean what the source does: words separated by one space,
/// one newline at the very end allowed. The score of a wrong one is its token F1 with the nearest right one, so that a sentence with
/// one wrong word scores more than one without a right word. Responses of more than `maximumWords` words score 0.
public struct TranslationVerifier: Verifier {
    /// Changes with the rules above.
    public let version = "translation/1"

    /// No right translation has nearly as many words.
    static let maximumWords = 64

    /// The judge of all translations.
    public init() {}

    /// The verdict; unscorable where the problem's reference cannot be read.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let clause = TranslationClause(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) cannot be read")
        }
        guard let lines = ResponseText.lines(of: response) else { return .wrong(ResponseText.tooLong) }
        guard let line = lines.first else { return .wrong(ResponseText.empty) }
        guard lines.count == 1 else { return .wrong("a translation is one line, not \(lines.count)") }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count <= Self.maximumWords else { return .wrong("\(words.count) words are too many") }
        let references = clause.targets.map { $0.split(separator: " ") }
        let score = references.map { TokenF1.value(words, $0) }.max() ?? 0
        return score == 1 ? .correct : .wrong(score: score, feedback: Self.feedback(words, references))
    }

    private static func feedback(_ words: [Substring], _ references: [[Substring]]) -> String {
        let known = Set(references.joined())
        if let index = words.firstIndex(where: { !known.contains($0) }) { return "word \(index + 1) does not belong" }
        return words.count == references[0].count ? "the words are in the wrong order" : "\(words.count) words, not \(references[0].count)"
    }
}
