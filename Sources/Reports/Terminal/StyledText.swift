/// One line of terminal text: pieces with a style each, measured and cut before any escape sequence is added.
///
/// All text goes through `visibleLine`, so nothing that a model or a file wrote can reach the terminal as a command.
struct StyledText: Sendable, Hashable {
    /// How a piece looks.
    enum Style: String, Sendable, Hashable {
        case plain = ""
        case strong = "1"
        case soft = "2"
        case good = "32"
        case bad = "33"
        case accent = "36"
    }

    private struct Piece: Sendable, Hashable {
        let text: String
        let style: Style
    }

    private var pieces: [Piece]

    /// Text in one style.
    init(_ text: String = "", _ style: Style = .plain) {
        pieces = text.isEmpty ? [] : [Piece(text: visibleLine(text), style: style)]
    }

    /// The columns it takes.
    var width: Int { pieces.reduce(0) { $0 + columns(of: $1.text) } }

    /// Whether there is nothing to see.
    var isEmpty: Bool { pieces.isEmpty }

    /// One after the other.
    static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.pieces += right.pieces
        return sum
    }

    /// At most `limit` columns, with an ellipsis where something was cut.
    func cut(to limit: Int) -> StyledText {
        guard width > limit else { return self }
        var rest = limit - 1
        var kept = StyledText()
        for piece in pieces where rest >= 0 {
            var text = ""
            for character in piece.text {
                rest -= columns(of: character)
                if rest < 0 { break }
                text.append(character)
            }
            kept = kept + StyledText(text, piece.style)
        }
        return limit > 0 ? kept + StyledText("…", .soft) : StyledText()
    }

    /// Filled up with blanks to `width` columns, on the left where it is to stand on the right.
    func padded(to width: Int, onTheRight: Bool = false) -> StyledText {
        let blanks = StyledText(String(repeating: " ", count: max(0, width - self.width)))
        return onTheRight ? blanks + self : self + blanks
    }

    /// Without blanks at the end.
    var trimmed: StyledText {
        var kept = self
        while let last = kept.pieces.last, last.text.last == " " {
            kept.pieces.removeLast()
            let text = String(last.text.reversed().drop { $0 == " " }.reversed())
            if !text.isEmpty { kept.pieces.append(Piece(text: text, style: last.style)) }
        }
        return kept
    }

    /// What is written to the terminal.
    func rendered(_ color: TerminalColor) -> String {
        pieces.map { piece in
            color == .none || piece.style == .plain ? piece.text : "\u{1B}[\(piece.style.rawValue)m\(piece.text)\u{1B}[0m"
        }.joined()
    }
}

extension [StyledText] {
    /// The longest beginning that fits into `width` columns, pieces set apart by `separator`; the first piece is always there, cut.
    func fitted(to width: Int, separator: String = "  ") -> StyledText {
        var line = (first ?? StyledText()).cut(to: width)
        for piece in dropFirst() {
            let longer = line + StyledText(separator) + piece
            if longer.width > width { break }
            line = longer
        }
        return line
    }
}
