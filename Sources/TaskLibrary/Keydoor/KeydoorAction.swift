/// What can be done in a turn; the raw value is the policy's text.
enum KeydoorAction: String, Sendable, Hashable, CaseIterable {
    case up, down, left, right, take, open

    /// The moves, in the order in which observations name them.
    static let moves: [KeydoorAction] = [.up, .down, .left, .right]

    /// The change of place; nil for what is done on the spot.
    var move: (rows: Int, columns: Int)? {
        switch self {
        case .up: (-1, 0)
        case .down: (1, 0)
        case .left: (0, -1)
        case .right: (0, 1)
        case .take, .open: nil
        }
    }
}
