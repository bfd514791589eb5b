public import Autodidact

/// What judges the responses to an own task, as the command line names it and a run records it.
public enum OwnVerifier: Sendable, Hashable, LosslessStringConvertible {
    /// Compares with the row's answer.
    case rule(AnswerRule)
    /// Runs the response as a Python program, under the row's tests.
    case pythonTests
    /// Matches the whole response with a regular expression: this one for all rows, or each row's own where nil.
    case regex(pattern: String?)
    /// Holds the response, a JSON value, against the row's schema.
    case jsonSchema
    /// Runs the response as a query, and the row's own, and compares what they return.
    case sql
    /// The user's executable at this path, which has a slash.
    case command(path: String)

    private static let pythonTestsName = "python-tests"
    private static let sqlName = "sql"
    private static let jsonSchemaName = "json-schema"
    private static let regexName = "regex"
    private static let patternMark = regexName + ":"

    /// The names of those that come with Autodidact.
    public static let names = AnswerRule.allCases.map(\.rawValue) + [regexName, jsonSchemaName, pythonTestsName, sqlName]

    /// The verifier of that name, `regex:` with a pattern for all rows, or the executable at that path; nil where it is none of these.
    public init?(_ description: String) {
        if let rule = AnswerRule(rawValue: description) {
            self = .rule(rule)
        } else if description == Self.pythonTestsName {
            self = .pythonTests
        } else if description == Self.jsonSchemaName {
            self = .jsonSchema
        } else if description == Self.sqlName {
            self = .sql
        } else if description == Self.regexName {
            self = .regex(pattern: nil)
        } else if description.hasPrefix(Self.patternMark) && description != Self.patternMark {
            self = .regex(pattern: String(description.dropFirst(Self.patternMark.count)))
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
        case .jsonSchema: Self.jsonSchemaName
        case .sql: Self.sqlName
        case .regex(let pattern): pattern.map { Self.patternMark + $0 } ?? Self.regexName
        case .command(let path): path
        }
    }

    /// What it goes by where that is no row's answer, to complete "verifier x …"; nil where rows have answers.
    public var insteadOfAnswers: String? {
        switch self {
        case .pythonTests: "reads the fields of tests"
        case .regex(_?): "has its pattern already"
        case .rule, .regex(nil), .jsonSchema, .sql, .command: nil
        }
    }

    /// What a row states that it must accept, for messages.
    public var nameOfSolution: String {
        switch self {
        case .rule, .command: "answer"
        case .pythonTests, .regex, .jsonSchema: "solution"
        case .sql: "query"
        }
    }

    /// What a row gives it to judge by, for messages.
    var nameOfReference: String {
        switch self {
        case .rule, .command: "answer"
        case .pythonTests: "set of tests"
        case .regex: "pattern"
        case .jsonSchema: "schema"
        case .sql: "query or script"
        }
    }

    /// Those that there are, each with a line for people.
    static var list: String {
        let rules = AnswerRule.allCases.map { "\($0.rawValue) (\($0.summary))" }
        let programs = "\(pythonTestsName) (the response is a Python program that passes the row's tests)"
        let patterns = "\(regexName) (the whole response matches the row's regular expression, or that of \(patternMark)PATTERN)"
        let queries = "\(sqlName) (the response is a query that returns what the row's query returns)"
        let values = "\(jsonSchemaName) (the response is JSON that the row's schema allows)"
        return (rules + [patterns, values, programs, queries, "or the path of an executable"]).joined(separator: ", ")
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

    /// The judge that holds responses against the rows' schemas.
    public static let jsonSchema = OwnJudge(name: .jsonSchema, verifier: JSONSchemaVerifier())

    private init(name: OwnVerifier, verifier: any Verifier) {
        self.name = name
        self.verifier = verifier
    }

    /// The judge that runs responses as queries.
    public init(queriesBy runner: any QueryRunner) {
        (name, verifier) = (.sql, SQLVerifier(runner))
    }

    /// The judge that matches responses with a pattern, or with each row's own where nil.
    ///
    /// - Throws: `OwnTaskFault` where the pattern is none.
    public init(pattern: String?) throws(OwnTaskFault) {
        do {
            if let pattern { _ = try Pattern(pattern) }
        } catch {
            throw .unreadable(field: "--verifier", problem: "\(error)")
        }
        (name, verifier) = (.regex(pattern: pattern), RegexVerifier())
    }

    /// The user's executable at a path, as the verifier that runs it.
    public init(commandAt path: String, _ verifier: any Verifier) {
        (name, self.verifier) = (.command(path: path), verifier)
    }
}
