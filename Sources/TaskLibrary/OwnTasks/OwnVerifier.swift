public import Autodidact

/// What judges the responses to an own task, as the command line names it and a run records it.
public enum OwnVerifier: Sendable, Hashable, LosslessStringConvertible {
    /// Compares with the row's answer.
    case rule(AnswerRule)
    /// Runs the response as a Python program, under the row's tests.
    case pythonTests
    /// The user's executable at this path, which has a slash.
    case command(path: String)

    private static let pythonTestsName = "python-tests"

    /// The names of those that come with Autodidact.
    public static let names = AnswerRule.allCases.map(\.rawValue) + [pythonTestsName]

    /// The verifier of that name, or the executable at that path; nil where it is neither.
    public init?(_ description: String) {
        if let rule = AnswerRule(rawValue: description) {
            self = .rule(rule)
        } else if description == Self.pythonTestsName {
            self = .pythonTests
        } else if description.contains("/") && !description.hasSuffix("/") && !description.utf8.contains(0) {
            self = .command(path: description)
        } else {
            return nil
        }
    }

    /// The name or path, which reads back as the same verifier.
    public var description: String {
        switch self {
        case .rule(let rule): rule.rawValue
        case .pythonTests: Self.pythonTestsName
        case .command(let path): path
        }
    }

    /// Those that there are, each with a line for people.
    static var list: String {
        let rules = AnswerRule.allCases.map { "\($0.rawValue) (\($0.summary))" }
        let programs = "\(pythonTestsName) (the response is a Python program that passes the row's tests)"
        return (rules + [programs, "or the path of an executable"]).joined(separator: ", ")
    }
}

/// A verifier for the rows of a file, with the name that it goes by.
public struct OwnJudge: Sendable {
    /// As the command line names it.
    public let name: OwnVerifier
    /// Itself.
    public let verifier: any Verifier

    /// The judge that goes by a rule.
    public init(_ rule: AnswerRule) {
        (name, verifier) = (.rule(rule), AnswerVerifier(rule))
    }

    /// The judge that runs responses under the rows' tests.
    public init(pythonTestsBy runner: any ProgramRunner) {
        (name, verifier) = (.pythonTests, PythonTestsVerifier(runner))
    }

    /// The user's executable at a path, as the verifier that runs it.
    public init(commandAt path: String, _ verifier: any Verifier) {
        (name, self.verifier) = (.command(path: path), verifier)
    }
}
