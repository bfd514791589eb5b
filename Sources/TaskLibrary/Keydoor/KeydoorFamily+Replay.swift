public import Autodidact

/// One turn of a replayed keydoor episode.
public struct KeydoorTurn: Sendable, Hashable {
    /// What was done, as it was written.
    public let action: String
    /// What the environment answered; empty where the episode was over.
    public let observation: String
    /// The fewest actions to the exit before it.
    ///
    /// Exact, so it knows more than any policy: for upper bounds and for the labels of judging demonstrations only.
    public let distanceBefore: Int
    /// The same after it.
    public let distanceAfter: Int

    /// Whether the action brought the exit nearer.
    public var isGood: Bool { distanceAfter < distanceBefore }
}

extension KeydoorFamily {
    /// Everything that can be done in a turn, as it is written.
    public static let actions = KeydoorAction.allCases.map(\.rawValue)

    /// The turns of an episode in which these actions are taken, to the exit or to the cap; none where the reference cannot be read.
    public func turns(of actions: some Sequence<some StringProtocol>, on problem: Problem) -> [KeydoorTurn] {
        guard let grid = KeydoorGrid(problem.reference) else { return [] }
        var (state, turns) = (KeydoorState(grid), [KeydoorTurn]())
        for action in actions where !state.isOver {
            let before = state.distance ?? 0
            state.act(KeydoorAction(rawValue: String(action)))
            let observation = state.isOver ? "" : state.observation
            turns.append(
                KeydoorTurn(
                    action: String(action), observation: observation, distanceBefore: before, distanceAfter: state.distance ?? 0))
        }
        return turns
    }

    /// The fewest actions to the exit after these; nil where the reference cannot be read.
    ///
    /// The oracle of upper bounds: no policy may see it.
    public func distance(after actions: some Sequence<some StringProtocol>, on problem: Problem) -> Int? {
        guard let grid = KeydoorGrid(problem.reference) else { return nil }
        return actions.reduce(KeydoorState(grid)) { $0.after(KeydoorAction(rawValue: String($1))) }.distance
    }
}
