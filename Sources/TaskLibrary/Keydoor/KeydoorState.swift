/// Where an episode stands: a value, so that a copy is a snapshot.
struct KeydoorState: Sendable, Hashable {
    let grid: KeydoorGrid
    private(set) var place: KeydoorCell
    private(set) var hasKey = false
    private(set) var isOut = false
    /// Actions so far, those without effect included.
    private(set) var turns = 0

    /// Whether nothing can be done any more: at the exit, or at the cap.
    var isOver: Bool { isOut || turns == KeydoorLevel.maximumTurns }

    /// The beginning.
    init(_ grid: KeydoorGrid) {
        self.grid = grid
        place = grid.start
    }

    /// Does an action; what cannot be done, and nil, costs the turn and changes nothing else.
    mutating func act(_ action: KeydoorAction?) {
        turns += 1
        guard let action, !isOut else { return }
        if action.move != nil {
            place = neighbour(action) ?? place
        } else if action == .take {
            hasKey = hasKey || place == grid.key
        } else {
            isOut = hasKey && place == grid.door
        }
    }

    /// The state after an action.
    func after(_ action: KeydoorAction?) -> KeydoorState {
        var next = self
        next.act(action)
        return next
    }

    /// What the policy is shown, such as `12 udr key`: its place, the ways that are free, and the key once it has it; and a newline.
    var observation: String {
        let ways = KeydoorAction.moves.filter { neighbour($0) != nil }.map { String($0.rawValue.prefix(1)) }.joined()
        return "\(place.text) \(ways)\(hasKey ? " key" : "")\n"
    }

    /// The fewest actions from here to the exit, taking and opening included; nil where there is no way.
    ///
    /// Breadth first over places, once for each part of the way.
    var distance: Int? {
        if isOut { return 0 }
        guard let toDoor = steps(from: hasKey ? place : grid.key, to: grid.door) else { return nil }
        if hasKey { return toDoor + 1 }
        return steps(from: place, to: grid.key).map { $0 + 1 + toDoor + 1 }
    }

    /// The actions that bring the exit nearer, in the order of `KeydoorAction`.
    var bestActions: [KeydoorAction] {
        guard let distance else { return [] }
        return KeydoorAction.allCases.filter { action in after(action).distance.map { $0 < distance } ?? false }
    }

    private func neighbour(_ action: KeydoorAction) -> KeydoorCell? {
        guard let move = action.move else { return nil }
        let cell = KeydoorCell(place.row + move.rows, place.column + move.columns)
        return grid.isFree(cell) ? cell : nil
    }

    private func steps(from start: KeydoorCell, to goal: KeydoorCell) -> Int? {
        var (edge, seen, steps) = ([start], Set([start]), 0)
        while !edge.isEmpty {
            if edge.contains(goal) { return steps }
            var next: [KeydoorCell] = []
            for cell in edge {
                for move in KeydoorAction.moves.compactMap(\.move) {
                    let other = KeydoorCell(cell.row + move.rows, cell.column + move.columns)
                    if grid.isFree(other) && seen.insert(other).inserted { next.append(other) }
                }
            }
            (edge, steps) = (next, steps + 1)
        }
        return nil
    }
}
