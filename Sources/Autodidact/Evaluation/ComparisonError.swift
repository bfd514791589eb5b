import Texts

/// Two evaluations that cannot be compared.
public enum ComparisonError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The lists of problems differ; the first place where they do, nil where a list has ended.
    case differentProblems(index: Int, incumbent: String?, candidate: String?)
    /// They were made in different ways: split, samples for each problem or temperature.
    case differentConditions(what: String, incumbent: String, candidate: String)
    /// There is no problem of which both evaluations judged a sample.
    case nothingJudged

    /// One sentence for people.
    public var description: String {
        switch self {
        case .differentProblems(let index, let incumbent, let candidate):
            "the evaluations differ in their problems from number \(index + 1) on: \(incumbent?.shown ?? "no problem") against "
                + "\(candidate?.shown ?? "no problem"); evaluate both on one list"
        case .differentConditions(let what, let incumbent, let candidate):
            "the evaluations differ in \(what): \(incumbent) against \(candidate); evaluate both in the same way"
        case .nothingJudged: "no problem has a judged sample in both evaluations; look at what the verifier reports as unscorable"
        }
    }
}
