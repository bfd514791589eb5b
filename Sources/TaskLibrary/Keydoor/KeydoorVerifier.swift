public import Autodidact

/// Judges the actions of a whole episode, written one a line, by replaying them.
///
/// Right where the last of them opens the door, with the key, within the cap. One newline at the very end is allowed; a line that is
/// no action costs its turn, as it does in the environment, but what is not right to the letter after the exit is wrong. An
/// attempt that takes the key and does not get out scores 0.5.
public struct KeydoorVerifier: Verifier {
    /// Changes with the rules above.
    public let version = "keydoor/1"

    /// The judge of all keydoor problems.
    public init() {}

    /// The verdict; unscorable where the problem's reference cannot be read.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let grid = KeydoorGrid(problem.reference) else {
            return .unscorable(reason: "the reference of problem \(problem.id) cannot be read")
        }
        guard let lines = ResponseText.lines(of: response) else { return .wrong(ResponseText.tooLong) }
        if lines.isEmpty { return .wrong(ResponseText.empty) }
        var state = KeydoorState(grid)
        for (index, line) in lines.enumerated() {
            if state.isOut { return .wrong("line \(index + 1) is one too many: the door is open already") }
            if state.turns == KeydoorLevel.maximumTurns { break }
            state.act(KeydoorAction(rawValue: String(decoding: line, as: UTF8.self)))
        }
        return Self.verdict(on: state)
    }

    /// What an episode is worth that ends in this state.
    static func verdict(on state: KeydoorState) -> Verdict {
        if state.isOut { return .correct }
        let place = "ends at \(state.place.text) after \(counted(state.turns, "action"))"
        return state.hasKey ? .wrong(score: 0.5, feedback: place + " with the key, the door closed") : .wrong(place + " without the key")
    }
}
