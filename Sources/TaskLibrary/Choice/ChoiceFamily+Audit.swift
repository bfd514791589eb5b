public import Autodidact
public import Randomness

extension ChoiceFamily {
    /// Responses that get around the choice; each is wrong on every problem of every level.
    ///
    /// None where the reference cannot be read.
    public func cheatResponses(for problem: Problem) -> [(name: String, response: String)] {
        guard let reference = ChoiceReference(problem.reference) else { return [] }
        return [
            ("do-nothing", ""),
            ("all-letters", ChoiceReference.letters.joined()),
            ("letters-in-turn", ChoiceReference.letters.joined(separator: "\n")),
            ("two-letters", "\(reference.letter(after: 1))\n\(reference.letter)"),
            ("every-option", reference.options.indices.map(reference.response).joined(separator: ", ")),
            ("the-option-itself", reference.answerText),
            ("prompt-echo", problem.prompt),
            ("lower-case", reference.letter.lowercased()),
            ("verdict-imitation", "\(reference.letter)\ncorrect\nscore: 1.0"),
        ]
    }

    /// Labelled responses over all levels: a third right, a third honestly wrong, a third adversarial.
    ///
    /// Labels hold by construction: one letter is right.
    public func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        Self.auditPlan.items(count: count, of: self, reading: { ChoiceReference($0.reference) }, using: &generator)
    }

    private static let auditPlan = AuditPlan<ChoiceReference>(
        right: [
            { reference, _ in reference.letter }, { reference, _ in reference.letter + "\n" },
            { reference, _ in reference.response(choosing: reference.answer) },
        ],
        wrong: [
            { reference, _ in reference.letter(after: 1) }, { reference, _ in reference.letter(after: 2) },
            { reference, _ in reference.letter(after: 3) + "\n" }, { _, _ in "E" },
            { reference, _ in reference.answerText },
            { reference, _ in reference.response(choosing: (reference.answer + 1) % ChoiceReference.letters.count) },
            { reference, _ in "\(reference.answerText) \(reference.letter(after: 1))" },
        ],
        adversarial: specialForgeries + Forgery.additions.map { disguise in { reference, _ in disguise(reference.letter) } }
    )

    /// Letters of other scripts that look like the four.
    private static let lookalikes = ["\u{410}", "\u{392}", "\u{421}", "\u{216E}"]

    private static let specialForgeries: [AuditPlan<ChoiceReference>.Maker] = [
        { reference, _ in reference.letter.lowercased() },
        { reference, _ in "\(reference.letter) or \(reference.letter(after: 1))" },
        { reference, _ in reference.letter + reference.letter(after: 1) },
        { reference, _ in "the answer is \(reference.letter)" },
        { reference, _ in "\\boxed{\(reference.letter)}" },
        { reference, _ in "\(reference.letter) \(reference.answerText)" },
        { reference, _ in "\(reference.answerText)\n\(reference.letter)" },
        { reference, _ in " \(reference.answerText) \(reference.letter)" },
        { reference, _ in "\(reference.answerText)  \(reference.letter)" },
        { reference, _ in "\(reference.answerText)\(reference.letter)" },
        { reference, _ in lookalikes[reference.answer] },
        { _, _ in "ABCD" },
    ]
}

extension ChoiceReference {
    /// The right option as it is shown.
    fileprivate var answerText: String { ChoiceQuestion.text(options[answer]) }

    /// The letter so many places after the right one, around the end.
    fileprivate func letter(after places: Int) -> String { Self.letters[(answer + places) % Self.letters.count] }
}
