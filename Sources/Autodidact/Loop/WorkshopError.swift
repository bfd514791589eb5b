/// Why a generation had to be abandoned.
public enum WorkshopError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The task has no more training problems on the run's levels.
    case noProblems(task: String)
    /// A problem that only evaluations may see was about to be learned from.
    case heldOutLeak(problem: String, split: Split)
    /// A sequence labelled as training data begins with the prompt of a problem that only evaluations may see.
    case heldOutPrompt(problem: String)
    /// The verifier failed on too many responses for its other verdicts to be trusted.
    case tooManyUnscorable(unscorable: Int, verdicts: Int, reason: String)
    /// The objective reads what a sequence does not carry.
    case missingInput(ObjectiveRequirement, problem: String)
    /// Several gradients in a row were not finite.
    case gradientNotFinite(stepsInARow: Int)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noProblems(let task):
            "task '\(task)' has no more training problems on the chosen levels; choose more levels or fewer problems"
        case .heldOutLeak(let problem, let split):
            "problem \(problem) is \(split.rawValue) and must not be learned from; take training problems from the workshop"
        case .heldOutPrompt(let problem):
            "a sequence attributed to training problem \(problem) has the prompt of a held-out or sealed problem"
        case .tooManyUnscorable(let unscorable, let verdicts, let reason):
            "the verifier could not judge \(unscorable) of \(counted(verdicts, "response")) (the last: \(reason)); mend the verifier or "
                + "the task"
        case .missingInput(let requirement, let problem):
            "the objective needs \(requirement.rawValue), which a sequence of problem \(problem) does not carry"
        case .gradientNotFinite(let steps):
            "the gradient was not finite in \(counted(steps, "step")) in a row; lower the learning rate"
        }
    }
}
