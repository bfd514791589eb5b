import Autodidact
import Randomness

/// What the grids of one level are drawn from.
///
/// These numbers decide how hard the task is for the base model: tune them here.
struct KeydoorLevel: Sendable, Hashable, NumberedLevel {
    static let task = KeydoorFamily.slug

    let number: Int
    let rows: Int
    let columns: Int
    let walls: Int
    /// The fewest actions that solve a problem lie here; the cap leaves room for mistakes.
    let actions: ClosedRange<Int>

    static let all = [
        KeydoorLevel(number: 1, rows: 3, columns: 4, walls: 1, actions: 4...7),
        KeydoorLevel(number: 2, rows: 4, columns: 4, walls: 3, actions: 6...9),
        KeydoorLevel(number: 3, rows: 5, columns: 5, walls: 6, actions: 8...12),
    ]

    static let defaults = [2]

    /// An episode ends after this many actions.
    static let maximumTurns = 14

    /// The level's line in the catalogue.
    var taskLevel: TaskLevel {
        TaskLevel(
            number,
            "\(rows) by \(columns) cells, \(counted(walls, "wall")), \(actions.lowerBound) to \(actions.upperBound) actions")
    }

    /// A random grid that can be solved within `actions`.
    func grid(using generator: inout KeyedGenerator) -> KeydoorGrid {
        while true {  // a draw fits with a probability far from 0
            var cells = (0..<rows * columns).map { KeydoorCell($0 / columns, $0 % columns) }
            var drawn = (0..<3 + walls).map { _ in cells.remove(at: generator.index(below: cells.count)) }
            let (start, key, door) = (drawn.removeFirst(), drawn.removeFirst(), drawn.removeFirst())
            let grid = KeydoorGrid(rows: rows, columns: columns, start: start, key: key, door: door, walls: drawn)
            if let distance = KeydoorState(grid).distance, actions ~= distance { return grid }
        }
    }
}
