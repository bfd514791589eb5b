import Autodidact

/// The rooms of one problem: what stays as it is during an episode.
///
/// Written as `3x4;12;21;03;00 11`: rows and columns, start, key, door, walls in order.
struct KeydoorGrid: Sendable, Hashable {
    /// Rows and columns are single digits in observations.
    static let largestSide = 9

    let rows: Int
    let columns: Int
    let start: KeydoorCell
    let key: KeydoorCell
    let door: KeydoorCell
    /// In ascending order.
    let walls: [KeydoorCell]

    init(rows: Int, columns: Int, start: KeydoorCell, key: KeydoorCell, door: KeydoorCell, walls: [KeydoorCell]) {
        self.rows = rows
        self.columns = columns
        self.start = start
        self.key = key
        self.door = door
        self.walls = walls.sorted()
    }

    /// Reads a stored grid; nil where it is not written in this form, places coincide or lie outside, or the exit cannot be reached.
    init?(_ text: String) {
        guard text.utf8.count <= ResponseText.maximumBytes else { return nil }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 5, let size = Self.size(parts[0]) else { return nil }
        guard let start = KeydoorCell(parts[1]), let key = KeydoorCell(parts[2]), let door = KeydoorCell(parts[3]) else { return nil }
        let names = parts[4].isEmpty ? [] : parts[4].split(separator: " ", omittingEmptySubsequences: false)
        let walls = names.compactMap { KeydoorCell($0) }
        self.init(rows: size.rows, columns: size.columns, start: start, key: key, door: door, walls: walls)
        let cells = [start, key, door] + walls
        let isInside = cells.allSatisfy { $0.row < size.rows && $0.column < size.columns }
        guard isInside && walls.count == names.count && Set(cells).count == cells.count && self.text == text else { return nil }
        guard KeydoorState(self).distance != nil else { return nil }
    }

    /// The stored form, from which `init(_:)` makes an equal value.
    var text: String {
        let names = walls.map(\.text).joined(separator: " ")
        return "\(rows)x\(columns);\(start.text);\(key.text);\(door.text);\(names)"
    }

    /// Whether one can stand there.
    func isFree(_ cell: KeydoorCell) -> Bool {
        0..<rows ~= cell.row && 0..<columns ~= cell.column && !walls.contains(cell)
    }

    /// A shortest way, first choices first.
    var solution: [KeydoorAction] {
        var (state, actions) = (KeydoorState(self), [KeydoorAction]())
        while let action = state.bestActions.first {
            actions.append(action)
            state.act(action)
        }
        return actions
    }

    /// The problem, named by the whole grid.
    func problem(level: Int) -> Problem {
        let names = walls.isEmpty ? "" : " walls " + walls.map(\.text).joined(separator: " ")
        let goal = "\(KeydoorFamily.slug) key \(key.text) door \(door.text)\(names)\n"
        return Problem(
            task: KeydoorFamily.slug, canonical: text, prompt: goal + KeydoorState(self).observation, reference: text, level: level)
    }

    private static func size(_ text: Substring) -> (rows: Int, columns: Int)? {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { side in
            side.utf8.count == 1 ? side.utf8.first.map { Int($0) - 0x30 } ?? 0 : 0
        }
        guard sides.count == 2 && sides.allSatisfy({ 1...largestSide ~= $0 }) else { return nil }
        return (sides[0], sides[1])
    }
}
