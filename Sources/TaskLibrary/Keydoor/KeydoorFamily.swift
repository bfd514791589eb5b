public import Autodidact
public import Randomness

/// Take the key, then open the door: a text gridworld whose every mistake can be walked back.
///
/// The prompt is `keydoor key 20 door 03 walls 01 11`, a newline and the first observation, `12 udr` and a newline: row and column, then
/// the free ways among up, down, left and right. A turn's response is one action: `up`, `down`, `left`, `right`, `take` (on the key) or
/// `open` (on the door, with the key). What cannot be done is answered by the same observation. As one text, a response is the list of
/// actions, one a line; `KeydoorVerifier` judges it.
public struct KeydoorFamily: ProceduralFamily {
    static let slug = "keydoor"

    /// How probably the demonstrator makes a random move instead of a good action.
    static let mistakeProbability = 0.28

    /// What the catalogue says of keydoor.
    public let card = TaskCard(
        slug: slug,
        summary: "Walk through a small grid: take the key, then open the door; one action a turn.",
        levels: KeydoorLevel.all.map(\.taskLevel),
        defaultLevels: KeydoorLevel.defaults,
        // The longest action, a newline and the end-of-text token: a response is one turn.
        maximumResponseTokens: 2 + (KeydoorAction.allCases.map(\.rawValue.utf8.count).max() ?? 0),
        maximumTurns: KeydoorLevel.maximumTurns
    )

    /// Replays actions.
    public let verifier: any Verifier = KeydoorVerifier()

    /// The family, with the levels of `KeydoorLevel`.
    public init() {}

    /// The grid to act in; unscorable at the first action where the problem's reference cannot be read.
    public func environment(for problem: Problem) -> any Environment { KeydoorEnvironment(problem) }

    /// A random solvable problem.
    public func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        KeydoorLevel.level(level).grid(using: &generator).problem(level: level)
    }

    /// The fewest actions that solve the problem; 0 where its reference cannot be read.
    public func difficulty(of problem: Problem) -> Double {
        KeydoorGrid(problem.reference).flatMap { KeydoorState($0).distance }.map(Double.init) ?? 0
    }

    /// Actions toward the exit, each with `mistakeProbability` a random move instead, to the exit or to the cap.
    ///
    /// Empty where the problem's reference cannot be read.
    public func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        guard let grid = KeydoorGrid(problem.reference) else { return "" }
        var (state, actions) = (KeydoorState(grid), [KeydoorAction]())
        while !state.isOver {
            let isMistake = generator.uniform() < Self.mistakeProbability
            let choices = isMistake ? KeydoorAction.moves : state.bestActions
            actions.append(choices[generator.index(below: choices.count)])
            state.act(actions.last)
        }
        return Self.text(actions)
    }

    /// A shortest way; empty where the problem's reference cannot be read.
    public func oracleResponse(for problem: Problem) -> String {
        KeydoorGrid(problem.reference).map { Self.text($0.solution) } ?? ""
    }

    static func text(_ actions: some Sequence<KeydoorAction>) -> String {
        actions.map(\.rawValue).joined(separator: "\n")
    }
}
