import Autodidact

/// A question and its options, one of which is right.
///
/// Written as `17+25;42|41|52|32`. Which one is right is computed, not stored.
struct ChoiceReference: Sendable, Hashable {
    /// The names of the options, in order.
    static let letters = ["A", "B", "C", "D"]

    let question: ChoiceQuestion
    /// As many as there are letters, all different; lists of one number but where the question is a list.
    let options: [[Int]]
    /// The place of the right option.
    let answer: Int

    /// Fails where there are not four different fitting options with exactly one answer among them.
    init?(question: ChoiceQuestion, options: [[Int]]) {
        guard options.count == Self.letters.count && Set(options).count == options.count else { return nil }
        guard options.allSatisfy({ question.isFit($0) }) else { return nil }
        guard let answer = options.firstIndex(where: { question.isAnswer($0, among: options) }) else { return nil }
        self.question = question
        self.options = options
        self.answer = answer
    }

    /// Reads a stored reference; nil where it is not written in this form.
    init?(_ text: String) {
        guard text.utf8.count <= ResponseText.maximumBytes else { return nil }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 2, let question = ChoiceQuestion(parts[0]) else { return nil }
        let lists = parts[1].split(separator: "|", omittingEmptySubsequences: false)
        let options = lists.compactMap { ChoiceQuestion.numbers($0) }
        guard options.count == lists.count else { return nil }
        self.init(question: question, options: options)
    }

    /// The stored form, from which `init(_:)` makes an equal value.
    var text: String { "\(question.text);\(options.map(ChoiceQuestion.text).joined(separator: "|"))" }

    /// The right letter.
    var letter: String { Self.letters[answer] }

    /// The option at a place as it is shown, such as `42 C`.
    func response(choosing place: Int) -> String { "\(ChoiceQuestion.text(options[place])) \(Self.letters[place])" }

    /// The place that a line names by its letter, alone or behind the option; nil where it does neither.
    func place(namedBy line: some Sequence<UInt8>) -> Int? {
        let line = Array(line)
        return options.indices.first { line == Array(Self.letters[$0].utf8) || line == Array(response(choosing: $0).utf8) }
    }

    /// The problem, whose identity does not depend on the order of the options.
    func problem(level: Int) -> Problem {
        let list = options.indices.map(response).joined(separator: ", ")
        let sorted = options.map(ChoiceQuestion.text).sorted().joined(separator: "|")
        return Problem(
            task: ChoiceFamily.slug, canonical: "\(question.text);\(sorted)", prompt: "\(ChoiceFamily.slug) \(question.text), \(list)\n",
            reference: text, level: level)
    }
}
