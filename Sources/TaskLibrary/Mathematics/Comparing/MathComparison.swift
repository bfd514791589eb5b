/// Whether an answer says what the reference says; the two sides are not alike, because only the reference is trusted.
struct MathComparison {
    var algebra = Algebra(work: 60_000)
    /// Whether values side by side must stand in the reference's order.
    var listsAreOrdered = false

    /// Whether the answer is proven to be the reference.
    ///
    /// - Throws: `tooMuchWork` where that could not be found out.
    mutating func agrees(_ answer: MathValue, with reference: MathValue) throws(MathFault) -> Bool {
        try algebra.spend(1)
        switch (reference, answer) {
        case (.about(let exact, let decimal), _):
            return try agrees(answer, with: exact) ? true : try agrees(answer, with: .number(decimal))
        case (_, .about(let exact, let decimal)):
            if try agrees(exact, with: reference) { return true }
            // The rounding of an exact value is an answer only where a decimal is asked for.
            guard case .number(let number) = reference, number.writing.places != nil else { return false }
            return try agrees(.number(decimal), with: reference)
        case (.choice(let letter, _), .choice(let other, _)): return letter == other
        case (.choice(_, let content?), _): return try agrees(answer, with: content)
        case (_, .choice(_, let content?)): return try agrees(content, with: reference)
        case (.named(let name, let value), .named(let other, let content)):
            return name == other ? try agrees(content, with: value) : false
        case (.equation(let form), .named(let name, .number(let number))):
            return try areMultiples(try algebra.difference(Form(.variable(name)), number.form), form, isPositive: false)
        case (.named, .equation), (.named, .inequality): return false
        case (.named(_, let value), _): return try agrees(answer, with: value)
        case (.list(let values), .list(let others)): return try listsAgree(others, with: values)
        case (.list(let values), .tuple(let others, "(", ")")) where values.allSatisfy(\.isNamed):
            return try sequencesAgree(others, with: values)
        case (.tuple(let values, "(", ")"), .list(let others)) where others.allSatisfy(\.isNamed):
            return try sequencesAgree(others.sorted { $0.name < $1.name }, with: values)
        case (_, .named(_, let content)): return try agrees(content, with: reference)
        case (.number(let number), .number(let other)): return try numbersAgree(other, with: number)
        case (.equation(let form), .equation(let other)): return try areMultiples(other, form, isPositive: false)
        case (.inequality(let form, let isStrict), .inequality(let other, let otherIsStrict)):
            return isStrict == otherIsStrict ? try areMultiples(other, form, isPositive: true) : false
        case (.based(let digits, _), .number(let number)):
            // The base is left out, as where the question names it.
            guard number.writing.isLiteral, let value = BigInteger(digits: digits) else { return false }
            return number.form.rational == Rational(value)
        case (.time(let hour, let minute, let half), .time(let otherHour, let otherMinute, let otherHalf)):
            return hour == otherHour && minute == otherMinute && (half == otherHalf || half == nil || otherHalf == nil)
        case (.ratio(let parts), .ratio(let others)): return try ratiosAgree(parts, others)
        case (.matrix(let rows), .matrix(let others)): return try matricesAgree(rows, others)
        default: return try collectionsAgree(answer, with: reference)
        }
    }

    /// Sets, tuples, intervals and vectors.
    private mutating func collectionsAgree(_ answer: MathValue, with reference: MathValue) throws(MathFault) -> Bool {
        switch (reference, answer) {
        case (.set(let elements), .set(let others)): return try setsAgree(others, with: elements)
        case (.set(let elements), .list(let others)), (.list(let elements), .set(let others)):
            // A list says how often, and may be of several letters.
            return elements.contains(where: \.isNamed) || others.contains(where: \.isNamed) ? false : try matches(others, with: elements)
        case (.set(let elements), .number), (.set(let elements), .tuple):
            return elements.count == 1 ? try agrees(answer, with: elements[0]) : false
        case (.number, .set(let elements)), (.tuple, .set(let elements)):
            return elements.count == 1 ? try agrees(elements[0], with: reference) : false
        case (.tuple(let elements, let open, let close), .tuple(let others, let otherOpen, let otherClose)):
            // Angle brackets and round ones both hold vectors.
            let isVector = { (open: Character, close: Character) in open == "(" && close == ")" || open == "<" }
            guard open == otherOpen && close == otherClose || isVector(open, close) && isVector(otherOpen, otherClose) else { return false }
            return try sequencesAgree(others, with: elements)
        case (.region(let region), .tuple): return try regionsAgree(answer, region)
        case (.tuple, .region(let region)): return try regionsAgree(reference, region)
        case (.region(let region), .region(let other)): return try region.equals(other, algebra: &algebra)
        case (.matrix(let rows), .tuple(let elements, let open, _)) where open == "(" || open == "<":
            return rows[0].count == 1 ? try sequencesAgree(elements, with: rows.map { .number(MathNumber(form: $0[0])) }) : false
        case (.tuple(let elements, let open, _), .matrix(let rows)) where open == "(" || open == "<":
            return rows[0].count == 1 ? try sequencesAgree(rows.map { .number(MathNumber(form: $0[0])) }, with: elements) : false
        default: return reference == answer
        }
    }

    private mutating func regionsAgree(_ pair: MathValue, _ region: Region) throws(MathFault) -> Bool {
        var reader = MathReader(algebra: algebra)
        do {
            return try reader.region(pair).equals(region, algebra: &algebra)
        } catch {
            // A pair that is no interval, such as a point, is no region.
            if error == .unreadable { return false }
            throw error
        }
    }

    private mutating func matricesAgree(_ rows: [[Form]], _ others: [[Form]]) throws(MathFault) -> Bool {
        guard rows.count == others.count, rows[0].count == others[0].count else { return false }
        for (row, other) in zip(rows, others) {
            for (entry, otherEntry) in zip(row, other) where !(try algebra.areEqual(entry, otherEntry)) { return false }
        }
        return true
    }

    /// Whether parts stand to each other alike.
    private mutating func ratiosAgree(_ parts: [Form], _ others: [Form]) throws(MathFault) -> Bool {
        guard parts.count == others.count, !parts.contains(where: \.isZero), !others.contains(where: \.isZero) else { return false }
        for (part, other) in zip(parts, others).dropFirst() {
            guard try algebra.areEqual(try algebra.product(parts[0], other), try algebra.product(others[0], part)) else { return false }
        }
        return true
    }

    /// Whether one form is a number times the other, so that both are zero at the same places, or positive if the number is.
    private mutating func areMultiples(_ one: Form, _ two: Form, isPositive: Bool) throws(MathFault) -> Bool {
        if one.isZero || two.isZero { return false }
        let (left, right) = (
            try algebra.product(one.numerator, two.denominator), try algebra.product(two.numerator, one.denominator)
        )
        guard left.terms.count == right.terms.count, let (monomial, coefficient) = left.terms.first, let other = right.terms[monomial]
        else {
            return false
        }
        let factor = coefficient / other
        if isPositive && factor.isNegative { return false }
        return right.terms.allSatisfy { left.terms[$0.key] == $0.value * factor }
    }

    /// One in the last of some digits behind the point.
    static func unit(places: Int) -> Double { 1 / BigInteger(10).power(min(places, 300)).approximate }
}
