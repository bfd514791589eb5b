public import Autodidact
public import Randomness

/// Reach a target with given numbers, each used exactly once.
///
/// The prompt is `countdown 3 7 12 25 -> 45` and a newline; `CountdownVerifier` says what a response is. Problems are solvable because
/// the target is what a random legal play ends at.
public struct CountdownFamily: ProceduralFamily {
    static let slug = "countdown"

    /// How many random plays the demonstrator makes.
    ///
    /// With this many, about 35 % of its responses on the default level are right.
    static let demonstratorTries = 17

    /// What the catalogue says of countdown.
    public let card = TaskCard(
        slug: slug,
        summary: "Reach the target with + - * / from numbers that are each used once; one step a line.",
        levels: CountdownLevel.all.map(\.taskLevel),
        defaultLevels: CountdownLevel.defaults,
        maximumResponseTokens: 1 + (CountdownLevel.all.map(\.longestResponse).max() ?? 0)  // and the end-of-text token
    )

    /// Replays responses.
    public let verifier: any Verifier = CountdownVerifier()
    /// Reads prompts instead of references.
    public let auditor: (any Verifier)? = CountdownAuditor()

    /// The family, with the levels of `CountdownLevel`.
    public init() {}

    /// A random solvable problem.
    public func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        let rules = CountdownLevel.level(level)
        while true {  // a play ends within the targets with a probability far from 0
            let numbers = (0..<rules.count).map { _ in rules.values.lowerBound + generator.index(below: rules.values.count) }
            let play = Derivation(playing: NumberPool(numbers), using: &generator)
            if rules.targets ~= play.end {
                return CountdownReference(numbers: numbers, target: play.end, solution: play.response).problem(level: level)
            }
        }
    }

    /// The best of `demonstratorTries` random legal plays: always true and complete, but it may end beside the target.
    ///
    /// Empty where the problem's reference cannot be read.
    public func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        guard let reference = CountdownReference(problem.reference) else { return "" }
        let tries = Self.demonstratorTries
        return Derivation(toward: reference.target, playing: NumberPool(reference.numbers), tries: tries, using: &generator).response
    }

    /// The stored solution; empty where the problem's reference cannot be read.
    public func oracleResponse(for problem: Problem) -> String {
        CountdownReference(problem.reference)?.solution ?? ""
    }
}
