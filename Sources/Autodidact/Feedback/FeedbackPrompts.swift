/// The texts in which models are asked to judge and to revise: the same for all models, so that figures can be compared.
///
/// `seedling` has met exactly these; an open model reads them as plain requests. Prompts of tasks end in a newline, responses are
/// given without one at their end.
public enum FeedbackPrompts {
    /// Whether a response is correct; answered by yes or no.
    public static func yesNo(prompt: String, response: String) -> String {
        "\(block(prompt))\(response)\nIs this correct? Answer yes or no.\n"
    }

    /// How good a response is; answered by a number from 0 to 100, in tens.
    public static func score(prompt: String, response: String) -> String {
        "\(block(prompt))\(response)\nScore from 0 to 100:\n"
    }

    /// Which of two responses is better; answered by A or B.
    public static func pairwise(prompt: String, first: String, second: String) -> String {
        "\(block(prompt))A:\n\(first)\nB:\n\(second)\nWhich is better, A or B?\n"
    }

    /// Whether the last action of a transcript was good; answered by good or bad.
    public static func step(transcript: String) -> String {
        "\(transcript)\nWas the last action good? Answer good or bad.\n"
    }

    /// Asks for a second attempt without saying what is thought of the first (SCoRe, arXiv:2409.12917, §3).
    public static let revision = "\nThere may be a mistake above. Write the whole answer again, corrected if needed.\n"

    /// The prompt as a block of lines.
    private static func block(_ prompt: String) -> String { prompt.hasSuffix("\n") ? prompt : prompt + "\n" }
}
