/// The texts by which models are asked to judge and to revise: the same for the embedded base model and for open models.
///
/// The base model is taught these very texts, so a change here asks for a new one. Responses do not end in a newline.
public enum FeedbackPrompts {
    /// The answers to `yesNo`.
    public static let yesNoAnswers = (yes: "yes", no: "no")
    /// The answers to `score`, worst first: `0`, `10`, … `100`.
    public static let scoreAnswers = stride(from: 0, through: 100, by: 10).map(String.init)
    /// The answers to `pairwise`.
    public static let pairwiseAnswers = (first: "A", second: "B")
    /// The answers to `step`.
    public static let stepAnswers = (good: "good", bad: "bad")

    /// Asks whether a response is correct; the answer is one of `yesNoAnswers`.
    public static func yesNo(prompt: String, response: String) -> String {
        "\(block(prompt))\(response)\nIs this correct? Answer yes or no.\n"
    }

    /// Asks how good a response is; the answer is one of `scoreAnswers`.
    public static func score(prompt: String, response: String) -> String {
        "\(block(prompt))\(response)\nScore from 0 to 100:\n"
    }

    /// Asks which of two responses is better; the answer is one of `pairwiseAnswers`.
    public static func pairwise(prompt: String, first: String, second: String) -> String {
        "\(block(prompt))A:\n\(first)\nB:\n\(second)\nWhich is better, A or B?\n"
    }

    /// The turn after a first attempt that asks for a second, without a word on whether the first was right.
    public static let revision = "\nThere may be a mistake above. Write the whole answer again, corrected if needed.\n"

    /// Asks whether the last action of an interaction was good; the answer is one of `stepAnswers`.
    public static func step(transcript: String) -> String {
        "\(transcript)\nWas the last action good? Answer good or bad.\n"
    }

    /// An interaction as `step` shows it: the prompt, then each action on a line of its own with the observation that answered it.
    ///
    /// Observations end in a newline, as prompts do; the transcript itself does not.
    public static func transcript(prompt: String, turns: some Sequence<(action: String, observation: String)>) -> String {
        let text = turns.reduce(prompt) { "\($0)\($1.action)\n\($1.observation)" }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// The prompt as whole lines.
    private static func block(_ prompt: String) -> String { prompt.hasSuffix("\n") ? prompt : prompt + "\n" }
}
