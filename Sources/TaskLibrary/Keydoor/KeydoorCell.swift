/// A place of the grid, written as its row and its column, such as `03`.
struct KeydoorCell: Sendable, Hashable, Comparable {
    let row: Int
    let column: Int

    init(_ row: Int, _ column: Int) {
        self.row = row
        self.column = column
    }

    /// Reads two digits; nil where the text is anything else.
    init?(_ text: some StringProtocol) {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard digits.count == 2 && digits.allSatisfy({ 0...9 ~= $0 }) else { return nil }
        self.init(digits[0], digits[1])
    }

    var text: String { "\(row)\(column)" }

    static func < (left: KeydoorCell, right: KeydoorCell) -> Bool { (left.row, left.column) < (right.row, right.column) }
}
