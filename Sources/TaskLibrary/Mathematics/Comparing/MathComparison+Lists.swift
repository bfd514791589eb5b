extension MathComparison {
    /// Values side by side: in any order, each as often as in the reference; words, letters and assignments to several letters as they say.
    mutating func listsAgree(_ answers: [MathValue], with references: [MathValue]) throws(MathFault) -> Bool {
        guard answers.count == references.count else { return false }
        let namesDiffer = references.contains(where: \.isNamed)
        if namesDiffer && !answers.contains(where: \.isNamed) { return try sequencesAgree(answers, with: references) }
        if !namesDiffer && answers.contains(where: \.isNamed) { return false }
        if !namesDiffer && (listsAreOrdered || references.contains(where: \.isVerbal)) {
            return try sequencesAgree(answers, with: references)
        }
        return try matches(answers, with: references)
    }

    /// Values in the same order.
    mutating func sequencesAgree(_ answers: [MathValue], with references: [MathValue]) throws(MathFault) -> Bool {
        guard answers.count == references.count else { return false }
        for (answer, reference) in zip(answers, references) where !(try agrees(answer, with: reference)) { return false }
        return true
    }

    /// The same elements, however often each is said.
    mutating func setsAgree(_ answers: [MathValue], with references: [MathValue]) throws(MathFault) -> Bool {
        try matches(try distinct(answers), with: try distinct(references))
    }

    private mutating func distinct(_ values: [MathValue]) throws(MathFault) -> [MathValue] {
        var kept: [MathValue] = []
        for value in values {
            var isNew = true
            for other in kept where try agrees(value, with: other) { isNew = false }
            if isNew { kept.append(value) }
        }
        return kept
    }

    /// Whether each answer meets a reference of its own.
    mutating func matches(_ answers: [MathValue], with references: [MathValue]) throws(MathFault) -> Bool {
        guard answers.count == references.count else { return false }
        var rest = references
        for answer in answers {
            var place: Int?
            for (index, reference) in rest.enumerated() where try agrees(answer, with: reference) {
                place = index
                break
            }
            guard let place else { return false }
            rest.remove(at: place)
        }
        return true
    }
}

extension MathValue {
    var isNamed: Bool { if case .named = self { true } else { false } }

    /// Whether it is a word or a letter, whose order may be what is asked for.
    var isVerbal: Bool {
        switch self {
        case .words, .choice: true
        case .number(let number): number.form.variable != nil
        default: false
        }
    }

    /// The letter that it is of; empty for none.
    var name: String { if case .named(let name, _) = self { name } else { "" } }
}
