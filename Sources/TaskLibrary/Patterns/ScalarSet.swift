/// The characters (Unicode scalars) that one place of a pattern takes.
struct ScalarSet: Sendable, Hashable {
    /// Classes with a letter of their own.
    enum Class: Sendable, Hashable {
        /// `\d`: the ASCII digits.
        case digit
        /// `\w`: ASCII letters and digits, and `_`.
        case word
        /// `\s`: Unicode's white space.
        case space

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .digit: "0"..."9" ~= scalar
            case .word: "a"..."z" ~= scalar || "A"..."Z" ~= scalar || "0"..."9" ~= scalar || scalar == "_"
            case .space: scalar.properties.isWhitespace
            }
        }
    }

    var ranges: [ClosedRange<Unicode.Scalar>] = []
    var classes: [Class] = []
    /// Classes of which everything but their members is taken.
    var complements: [Class] = []
    /// Whether all but these are taken.
    var isNegated = false
    /// Whether a letter of the other case counts as well, where that is one scalar.
    var ignoresCase = false

    /// Whether the place takes this character.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        (holds(scalar) || ignoresCase && variants(of: scalar).contains(where: holds)) != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar) } || classes.contains { $0.contains(scalar) }
            || complements.contains { !$0.contains(scalar) }
    }

    private func variants(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap { mapping in
            mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
        }
    }
}
