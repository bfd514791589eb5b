/// A rollout that could not be made.
public enum RolloutError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The prompt leaves no room for a response.
    case promptTooLong(problem: String, tokens: Int, contextLength: Int)
    /// The policy did not return the number of completions that was asked for.
    case wrongNumberOfCompletions(problem: String, wanted: Int, got: Int)

    /// Whether another model or task would have been needed, rather than another policy.
    public var isOfInput: Bool {
        switch self {
        case .promptTooLong: true
        case .wrongNumberOfCompletions: false
        }
    }

    /// One sentence for people.
    public var description: String {
        switch self {
        case .promptTooLong(let problem, let tokens, let contextLength):
            "the prompt of problem \(problem) has \(counted(tokens, "token")) and leaves no room for a response in a context of "
                + "\(contextLength); take a model with a longer context, or lower levels of the task"
        case .wrongNumberOfCompletions(let problem, let wanted, let got):
            "the policy returned \(got) completions for problem \(problem) instead of \(wanted)"
        }
    }
}
