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

    /// Reads a prompt; nil where it is not written as `prompt` is.
    init?(prompt: String) {
        guard prompt.utf8.count <= ResponseText.maximumBytes, prompt.hasPrefix(Self.opening), prompt.hasSuffix("\n") else { return nil }
        let parts = prompt.dropFirst(Self.opening.count).dropLast().split(separator: Self.separator, omittingEmptySubsequences: false)
        guard let asked = parts.first, let question = ChoiceQuestion(asked), parts.count == Self.letters.count + 1 else { return nil }
        let options = zip(parts.dropFirst(), Self.letters).compactMap { part, letter in
            part.hasSuffix(" " + letter) ? ChoiceQuestion.numbers(part.dropLast(letter.count + 1)) : nil
        }
        self.init(question: question, options: options)
    }

    /// What a prompt begins with.
    private static let opening = "\(ChoiceFamily.slug) "
    /// What stands between the question and the options.
    private static let separator = ", "

    /// The question and its options as they are shown.
    var prompt: String {
        Self.opening + ([question.text] + options.indices.map(response)).joined(separator: Self.separator) + "\n"
    }

    /// The stored form, from which `init(_:)` makes an equal value.
    var text: String { "\(question.text);\(options.map(ChoiceQuestion.text).joined(separator: "|"))" }

    /// The right letter.
    var letter: String { Self.letters[answer] }

    /// The option at a place as it is shown, such as `42 C`.
    func response(choosing place: Int) -> String { "\(ChoiceQuestion.text(options[place])) \(Self.letters[place])" }

    /// The place that a response of one line names by its letter, alone or behind the option; nil where it does neither.
    func place(namedBy lines: [ArraySlice<UInt8>]) -> Int? {
        guard lines.count == 1 else { return nil }
        let line = Array(lines[0])
        return options.indices.first { line == Array(Self.letters[$0].utf8) || line == Array(response(choosing: $0).utf8) }
    }

    /// The problem, whose identity does not depend on the order of the options.
    func problem(level: Int) -> Problem {
        let sorted = options.map(ChoiceQuestion.text).sorted().joined(separator: "|")
        return Problem(
            task: ChoiceFamily.slug, canonical: "\(question.text);\(sorted)", prompt: prompt, reference: text, level: level)
    }
}
