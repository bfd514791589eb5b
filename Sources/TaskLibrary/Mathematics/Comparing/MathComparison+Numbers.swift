extension MathComparison {
    /// The fewest digits of a decimal that may be the rounding of an exact value: fewer meet too many wrong ones.
    private static let fewestDigits = 4

    /// Whether a number with its unit is that of the reference.
    mutating func numbersAgree(_ answer: MathNumber, with reference: MathNumber) throws(MathFault) -> Bool {
        // A calculation that is left to do is no answer where a plain number is asked for.
        if reference.writing.isLiteral && answer.writing.operations > 0 { return false }
        let (unit, other) = (reference.unit, answer.unit)
        if unit.powers == other.powers {
            if unit.factor == other.factor { return try formsAgree(answer, with: reference) }
            return try algebra.areEqual(
                try algebra.product(answer.form, Form(other.factor)), try algebra.product(reference.form, Form(unit.factor)))
        }
        guard unit == .none || other == .none else { return false }
        if unit == .percent || other == .percent { return try percentAgrees(answer, with: reference) }
        if try formsAgree(answer, with: reference) { return true }
        if unit == .degree || other == .degree {
            let degree = Form(Polynomial([Monomial(.pi): Rational(1, 180)]))
            let (first, second) = (
                unit == .degree ? try algebra.product(reference.form, degree) : reference.form,
                other == .degree ? try algebra.product(answer.form, degree) : answer.form
            )
            return try algebra.areEqual(first, second)
        }
        return other == .none ? try unitLetterAgrees(answer, with: reference) : false
    }

    /// A percentage against a plain number: the hundredth part, or the number itself above 1, where nothing else can be meant.
    private mutating func percentAgrees(_ answer: MathNumber, with reference: MathNumber) throws(MathFault) -> Bool {
        let isOfReference = reference.unit == .percent
        let hundredth = Form(Rational(1, 100))
        let (first, second) = (
            isOfReference ? try algebra.product(reference.form, hundredth) : reference.form,
            isOfReference ? answer.form : try algebra.product(answer.form, hundredth)
        )
        if try algebra.areEqual(first, second) { return true }
        guard let size = reference.form.approximate, size > 1 else { return false }
        return try formsAgree(answer, with: reference)
    }

    /// `5 m` in plain letters against five metres: the letter was read as a variable.
    private mutating func unitLetterAgrees(_ answer: MathNumber, with reference: MathNumber) throws(MathFault) -> Bool {
        guard let names = answer.form.polynomial?.variables, names.count == 1, let name = names.first,
            let unit = MathUnit(letter: name), unit == reference.unit
        else { return false }
        return try algebra.areEqual(answer.form, try algebra.product(reference.form, Form(.variable(name))))
    }

    /// Whether the values are equal, or the reference is a decimal to which the exact answer rounds.
    private mutating func formsAgree(_ answer: MathNumber, with reference: MathNumber) throws(MathFault) -> Bool {
        if try algebra.areEqual(answer.form, reference.form) { return true }
        guard let places = reference.writing.places, reference.writing.significantDigits >= Self.fewestDigits, !answer.writing.hasDecimals,
            answer.form.isConstant, answer.form.rational.map({ !$0.isTerminating }) ?? true, let decimal = reference.form.rational
        else { return false }
        let half = Rational(.one, over: BigInteger(2) * BigInteger(10).power(places))
        if let value = answer.form.rational { return (value - decimal).magnitude <= half }
        guard let value = answer.form.approximate else { return false }
        return abs(value - decimal.approximate) < half.approximate
    }
}

extension MathUnit {
    /// The unit that one letter stands for.
    init?(letter: String) {
        guard ["m", "g", "s", "h"].contains(letter) else { return nil }
        self.init(word: letter)
    }
}
