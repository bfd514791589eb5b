public import Autodidact

/// Judges the letter of an answer to a multiple-choice question.
///
/// Right is exactly the letter of the right option, in upper case, or the option as it is shown with its letter behind it, with or without
/// one newline at the end. There is no partial credit.
public struct ChoiceVerifier: Verifier {
    /// Changes with the rules above.
    public let version = "choice/2"

    /// The judge of all choices.
    public init() {}

    /// The verdict; unscorable where the problem's reference cannot be read.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let reference = ChoiceReference(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) cannot be read")
        }
        guard let lines = ResponseText.lines(of: response) else { return .wrong(ResponseText.tooLong) }
        if lines.isEmpty { return .wrong(ResponseText.empty) }
        guard let place = reference.place(namedBy: lines) else {
            return .wrong("the answer is one letter, \(ChoiceReference.letters.joined(separator: ", ")), or an option with its letter")
        }
        return place == reference.answer ? .correct : .wrong("it is \(reference.letter), not \(ChoiceReference.letters[place])")
    }
}
