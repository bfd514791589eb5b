/// A part of a pattern.
indirect enum PatternNode: Sendable, Hashable {
    /// One character of a set.
    case one(ScalarSet)
    /// A place between characters.
    case place(PatternPlace)
    /// One part after the other; nothing at all where there is none.
    case sequence([PatternNode])
    /// Any one of the parts.
    case choice([PatternNode])
    /// A part as often as that; without an end where the upper bound is nil.
    case repeated(PatternNode, least: Int, most: Int?)
}

/// What holds of a place between two characters, or at an end of the text.
enum PatternPlace: Sendable, Hashable {
    case start
    case end
    case startOfLine
    case endOfLine
    case wordBoundary
    case noWordBoundary

    /// Whether it holds before the character with this number.
    func holds(_ text: [Unicode.Scalar], at place: Int) -> Bool {
        switch self {
        case .start: place == 0
        case .end: place == text.count
        case .startOfLine: place == 0 || text[place - 1] == "\n"
        case .endOfLine: place == text.count || text[place] == "\n"
        case .wordBoundary: Self.isInWord(text, place - 1) != Self.isInWord(text, place)
        case .noWordBoundary: Self.isInWord(text, place - 1) == Self.isInWord(text, place)
        }
    }

    private static func isInWord(_ text: [Unicode.Scalar], _ index: Int) -> Bool {
        text.indices.contains(index) && ScalarSet.Class.word.contains(text[index])
    }
}

/// Why a text is no pattern, and from where on, counted from 1 in characters (Unicode scalars).
struct PatternFault: Error, Sendable, Hashable, CustomStringConvertible {
    let column: Int
    let problem: String

    /// A part of a sentence for people.
    var description: String { "column \(column) of the pattern: \(problem)" }
}
