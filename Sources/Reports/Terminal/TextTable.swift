/// A column of a text table.
public struct TextColumn: Sendable, Hashable {
    /// What stands above it; empty in all columns means no heading.
    public let title: String
    /// Whether its cells end at one edge, as figures do.
    public let isRightAligned: Bool

    /// A column of words, or of figures.
    public init(_ title: String, isRightAligned: Bool = false) {
        self.title = title
        self.isRightAligned = isRightAligned
    }
}

/// Rows under aligned columns, two blanks apart, without a line end at the end.
///
/// - Parameters:
///   - columns: The columns; a row's missing cells are empty, surplus ones are left out.
///   - width: The columns of the terminal; the last column is cut to fit. Nil never cuts, as scripts and files want it.
public func table(columns: [TextColumn], rows: [[String]], width: Int? = nil, color: TerminalColor = .none) -> String {
    table(columns: columns, rows: rows.map { $0.map { StyledText($0) } }, width: width).map { $0.rendered(color) }.joined(separator: "\n")
}

/// As above, from styled cells to styled lines.
func table(columns: [TextColumn], rows: [[StyledText]], width: Int? = nil, indent: Int = 0) -> [StyledText] {
    let heads = columns.map { StyledText($0.title, .soft) }
    let hasHead = !heads.allSatisfy(\.isEmpty)
    let lines = (hasHead ? [heads] : []) + rows
    let widths = columns.indices.map { index in lines.map { index < $0.count ? $0[index].width : 0 }.max() ?? 0 }
    return lines.map { cells in
        var line = StyledText(String(repeating: " ", count: indent))
        for (index, column) in columns.enumerated() {
            let cell = index < cells.count ? cells[index] : StyledText()
            line = line + cell.padded(to: widths[index], onTheRight: column.isRightAligned) + StyledText("  ")
        }
        return width.map { line.trimmed.cut(to: $0) } ?? line.trimmed
    }
}
