/// A piece of a mathematical text.
struct MathToken: Hashable, Sendable {
    let kind: Kind
    /// Whether white space, of LaTeX too, stands before it.
    var isApart: Bool

    enum Kind: Hashable, Sendable {
        case number(WrittenNumber)
        /// One letter, Greek ones by name.
        case letter(String)
        /// A word, in lower case.
        case word(String)
        /// A sign or a command, by one name for all its spellings.
        case mark(String)
    }

    /// Whether it is that sign or command.
    func isMark(_ name: String) -> Bool { kind == .mark(name) }

    var word: String? { if case .word(let word) = kind { word } else { nil } }

    var number: WrittenNumber? { if case .number(let number) = kind { number } else { nil } }

    var letter: String? { if case .letter(let letter) = kind { letter } else { nil } }

    /// The token as comparisons of texts see it.
    var text: String {
        switch kind {
        case .number(let number): number.digits ?? number.value.text + (number.places.map { ":\($0)" } ?? "")
        case .letter(let name), .word(let name), .mark(let name): name
        }
    }
}
