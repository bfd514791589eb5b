public import Autodidact
public import Randomness

extension KeydoorFamily {
    /// Responses that get around the work; each is wrong on every problem of every level.
    ///
    /// None where the reference cannot be read.
    public func cheatResponses(for problem: Problem) -> [(name: String, response: String)] {
        guard let grid = KeydoorGrid(problem.reference) else { return [] }
        return [
            ("do-nothing", ""),
            ("open-at-once", "open"),
            ("take-and-open", "take\nopen"),
            ("prompt-echo", problem.prompt),
            ("door-without-key", Self.text(grid.wayPastKey + [.open])),
            ("verdict-imitation", "open\ncorrect\nscore: 1.0"),
            ("teleporting", "\(grid.key.text)\ntake\n\(grid.door.text)\nopen"),
            ("all-in-one-line", Self.text(grid.solution).replacing("\n", with: " ")),
        ]
    }

    /// Labelled responses over all levels: a third right, a third honestly wrong, a third adversarial.
    ///
    /// Labels hold by construction: only `open` on the door's place with the key ends an episode, and every action of a shortest way is
    /// needed.
    public func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        Self.auditPlan.items(count: count, of: self, reading: { KeydoorGrid($0.reference) }, using: &generator)
    }

    private static let auditPlan = AuditPlan<KeydoorGrid>(
        right: [
            { grid, _ in text(grid.solution) },
            { grid, _ in text(grid.solution) + "\n" },
            { grid, _ in text([.take] + grid.solution) },
            { grid, generator in text(grid.otherSolution(using: &generator)) },
            { grid, _ in "jump\n" + text(grid.solution) },
        ],
        wrong: [
            { grid, _ in text(grid.solution.dropLast()) },
            { grid, _ in text(grid.solution.filter { $0 != .take }) },
            { grid, _ in text(grid.wayPastKey + [.open]) },
            { grid, generator in text(grid.lacking(using: &generator)) },
            { grid, _ in text(Array(repeating: .take, count: KeydoorLevel.maximumTurns) + grid.solution) },
        ],
        adversarial: specialForgeries + Forgery.suffixAdditions.map { disguise in { grid, _ in disguise(text(grid.solution)) } }
    )

    private static let specialForgeries: [AuditPlan<KeydoorGrid>.Maker] = [
        { grid, _ in text(grid.solution).uppercased() },
        { grid, _ in text(grid.solution).replacing("\n", with: " ") },
        { grid, _ in text(grid.solution).replacing("\n", with: ",") },
        { grid, _ in text(grid.solution).replacing("\n", with: "\r\n") },
        { grid, _ in text(grid.solution) + "\nopen" },
        { grid, _ in text(grid.solution).replacing("e", with: "\u{435}") },
        { grid, _ in "open\ncorrect" },
        { grid, _ in "key\ndoor\nexit" },
        { grid, _ in grid.text },
    ]
}

extension KeydoorGrid {
    /// A shortest way by random choices among equals.
    fileprivate func otherSolution(using generator: inout KeyedGenerator) -> [KeydoorAction] {
        var (state, actions) = (KeydoorState(self), [KeydoorAction]())
        while !state.bestActions.isEmpty {
            actions.append(state.bestActions[generator.index(below: state.bestActions.count)])
            state.act(actions.last)
        }
        return actions
    }

    /// A shortest way without one of its actions: it stops short, for every action of it is needed.
    fileprivate func lacking(using generator: inout KeyedGenerator) -> [KeydoorAction] {
        var actions = solution
        actions.remove(at: generator.index(below: actions.count))
        return actions
    }

    /// The moves from start to key to door, the key left where it is.
    fileprivate var wayPastKey: [KeydoorAction] { solution.filter { $0.move != nil } }
}
