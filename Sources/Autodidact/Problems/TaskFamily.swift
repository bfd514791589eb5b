public import Randomness

/// One difficulty of a task family.
public struct TaskLevel: Sendable, Hashable, Codable {
    /// From 1 up; higher is harder.
    public let number: Int
    /// One line for people.
    public let summary: String

    /// A level with its one-line description.
    public init(_ number: Int, _ summary: String) {
        self.number = number
        self.summary = summary
    }
}

/// What a catalogue says of a task family.
public struct TaskCard: Sendable, Hashable, Codable {
    /// The name on the command line.
    public let slug: String
    /// One line for people.
    public let summary: String
    /// All levels, easiest first.
    public let levels: [TaskLevel]
    /// The levels that are mixed evenly unless told otherwise.
    public let defaultLevels: [Int]
    /// Enough tokens for the longest correct response (one turn of it) on any level, at one token a byte.
    public let maximumResponseTokens: Int
    /// The most turns that the policy takes in an episode; more than 1 where the task is an environment to act in.
    public let maximumTurns: Int

    /// A card.
    public init(
        slug: String, summary: String, levels: [TaskLevel], defaultLevels: [Int], maximumResponseTokens: Int, maximumTurns: Int = 1
    ) {
        self.slug = slug
        self.summary = summary
        self.levels = levels
        self.defaultLevels = defaultLevels
        self.maximumResponseTokens = maximumResponseTokens
        self.maximumTurns = maximumTurns
    }
}

/// A family of problems as the loop sees it: where they come from, how they are met, and who judges.
public protocol TaskFamily: Sendable {
    /// What the catalogue says.
    var card: TaskCard { get }
    /// Judges responses.
    var verifier: any Verifier { get }
    /// A second verifier, written independently of the first, that audits what the first accepted; nil where there is none.
    var auditor: (any Verifier)? { get }
    /// What no candidate may show more often than the base; a task may look for more than the built-in probes do.
    var probes: [any SafetyProbe] { get }

    /// The problems of a split on these levels (the card's default where empty), in an order named by `key`.
    func problems(_ split: Split, levels: [Int], key: SeedTree) -> ProblemStream

    /// The problem as an interaction.
    func environment(for problem: Problem) -> any Environment

    /// The final answer that a response commits to, in a form in which equal answers are equal texts; nil where it states none.
    ///
    /// It sees no reference, so votes over answers need no verifier.
    func answer(in response: String, to question: Question) -> String?
}

extension TaskFamily {
    /// No second verifier.
    public var auditor: (any Verifier)? { nil }

    /// One turn, judged by the verifier.
    public func environment(for problem: Problem) -> any Environment { SingleTurnEnvironment(problem: problem, verifier: verifier) }

    /// The whole response without outer white space; nil where nothing is left.
    public func answer(in response: String, to question: Question) -> String? {
        let text = response.withoutOuterSpace
        return text.isEmpty ? nil : text
    }
}
