import Autodidact

/// The choices of a row, which stand under its prompt as A, B, C and so on.
struct ChoiceList: Sendable, Hashable {
    private let texts: [String]

    private static let most = 26

    /// The choices that a field holds: texts or numbers.
    init(_ value: JSONNode) throws(OwnTaskFault) {
        guard case .array(let elements) = value, 2...Self.most ~= elements.count else {
            throw .wrongType(field: "choices", found: value.name, expected: "a list of 2 to \(Self.most) texts")
        }
        var texts: [String] = []
        for element in elements {
            switch element {
            case .string(let plain) where !plain.withoutOuterSpace.isEmpty: texts.append(plain.withoutOuterSpace)
            case .number(let digits): texts.append(digits)
            default: throw .wrongType(field: "choices", found: element.name, expected: "a list of texts")
            }
        }
        self.texts = texts
    }

    /// The prompt with the choices, one a line, and what is asked for.
    func question(_ prompt: String) -> String {
        let lines = texts.enumerated().map { "\(Self.letter($0.offset)). \($0.element)" }
        return ([prompt.withoutOuterSpace] + lines + ["Answer with the letter of the right choice.", ""]).joined(separator: "\n")
    }

    /// The letter of the choice that an answer names by its letter or by its text, white space counted as in `AnswerRule.exact`.
    ///
    /// What may be either, or stands twice, is not guessed.
    func letter(ofAnswer written: String, field: String) throws(OwnTaskFault) -> String {
        let text = written.collapsingSpace
        let letters = texts.indices.map(Self.letter)
        let byText = texts.indices.filter { texts[$0].collapsingSpace == text }.map(Self.letter)
        let stated = AnswerRule.choice.reference(written)
        let meant = Set(byText + letters.filter { $0 == stated }).sorted()
        if meant.count == 1 { return meant[0] }
        if meant.count > 1 { throw .ambiguousChoice(value: String(text.prefix(40)), letters: meant) }
        if let stated { throw .noSuchChoice(letter: stated, choices: texts.count) }
        throw .notAChoice(field: field, value: String(text.prefix(40)), last: letters[letters.count - 1])
    }

    private static func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index))) }
}
