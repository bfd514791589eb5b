public import Autodidact
public import Randomness

/// Choose among four options by computing, comparing or sorting; the answer is one letter, and the option may be written before it.
///
/// The prompt is `choice 17+25, 42 A, 41 B, 52 C, 32 D` and a newline, or asks for the `largest` or `smallest` option, or has numbers to
/// `sort`. A demonstration is `42 A`: what the answer is, and then its name. `ChoiceVerifier` says what a response is.
public struct ChoiceFamily: ProceduralFamily {
    static let slug = "choice"

    /// How probably the demonstrator names an option at random.
    ///
    /// So 90 % + 10 % / 4, about 92 %, of its answers are right.
    static let guessProbability = 0.1

    /// What the catalogue says of choice.
    public let card = TaskCard(
        slug: slug,
        summary: "Choose A, B, C or D: the result of an operation, an extreme, or numbers in order.",
        levels: ChoiceLevel.all.map(\.taskLevel),
        defaultLevels: ChoiceLevel.defaults,
        maximumResponseTokens: 16  // four numbers of two digits, spaces, the letter, a newline and the end-of-text token
    )

    /// Compares letters.
    public let verifier: any Verifier = ChoiceVerifier()

    /// The family, with the levels of `ChoiceLevel`.
    public init() {}

    /// The letter, where the response is what the verifier judges: a letter, or an option as the question shows it with its own letter.
    ///
    /// nil where it is anything else, or where the question's prompt cannot be read.
    public func answer(in response: String, to question: Question) -> String? {
        guard let shown = ChoiceReference(prompt: question.prompt), let lines = ResponseText.lines(of: response) else { return nil }
        return shown.place(namedBy: lines).map { ChoiceReference.letters[$0] }
    }

    /// A random question.
    public func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        ChoiceLevel.level(level).reference(using: &generator).problem(level: level)
    }

    /// Digits in the question and its options; 0 where the problem's reference cannot be read.
    public func difficulty(of problem: Problem) -> Double {
        ChoiceReference(problem.reference).map { Double($0.text.utf8.count { 0x30...0x39 ~= $0 }) } ?? 0
    }

    /// The right option and its letter, or with `guessProbability` any; empty where the problem's reference cannot be read.
    public func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        guard let reference = ChoiceReference(problem.reference) else { return "" }
        let isGuess = generator.uniform() < Self.guessProbability
        return reference.response(choosing: isGuess ? generator.index(below: ChoiceReference.letters.count) : reference.answer)
    }

    /// The right option and its letter; empty where the problem's reference cannot be read.
    public func oracleResponse(for problem: Problem) -> String {
        ChoiceReference(problem.reference).map { $0.response(choosing: $0.answer) } ?? ""
    }
}
