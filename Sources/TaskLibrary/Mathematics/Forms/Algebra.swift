/// Exact computation with forms, under a bound of work.
///
/// What it finds equal is equal: forms agree where they are the same after rules that hold for all real values for which both sides have
/// a value. What it does not find equal may still be, under nested roots of other kinds for example.
struct Algebra {
    /// The multiplications of terms that are left.
    private(set) var work: Int

    /// The most bits of a coefficient.
    static let mostBits = 8_192
    /// The most terms of a polynomial.
    static let mostTerms = 2_000
    /// The largest exponent that is multiplied out.
    static let largestExponent = 4_096

    init(work: Int = 20_000) { self.work = work }

    /// Takes some of the work that is left.
    mutating func spend(_ amount: Int) throws(MathFault) {
        work -= amount
        if work < 0 { throw .tooMuchWork }
    }

    /// The number, refused where it is too large.
    func bounded(_ number: Rational) throws(MathFault) -> Rational {
        guard number.bitCount <= Self.mostBits else { throw .tooLarge }
        return number
    }

    // MARK: Polynomials

    mutating func sum(_ left: Polynomial, _ right: Polynomial) throws(MathFault) -> Polynomial {
        try spend(right.terms.count)
        var sum = left
        for (monomial, coefficient) in right.terms { sum.add(coefficient, monomial) }
        for coefficient in sum.terms.values { _ = try bounded(coefficient) }
        guard sum.terms.count <= Self.mostTerms else { throw .tooMuchWork }
        return sum
    }

    mutating func product(_ left: Polynomial, _ right: Polynomial) throws(MathFault) -> Polynomial {
        if let factor = left.rational { return try scaled(right, by: factor) }
        if let factor = right.rational { return try scaled(left, by: factor) }
        var product = Polynomial.zero
        for (monomial, coefficient) in left.terms {
            for (other, factor) in right.terms {
                try spend(1)
                let size = try bounded(coefficient * factor)
                for (term, part) in try self.product(monomial, other).terms { product.add(part * size, term) }
            }
            guard product.terms.count <= Self.mostTerms else { throw .tooMuchWork }
        }
        return product
    }

    private mutating func scaled(_ polynomial: Polynomial, by factor: Rational) throws(MathFault) -> Polynomial {
        try spend(polynomial.terms.count)
        for coefficient in polynomial.terms.values { _ = try bounded(coefficient * factor) }
        return polynomial.scaled(by: factor)
    }

    /// A product of monomials, by the rules of their atoms.
    private mutating func product(_ left: Monomial, _ right: Monomial) throws(MathFault) -> Polynomial {
        var (exponents, isReduced) = (left.exponents, true)
        for (atom, exponent) in right.exponents {
            guard let present = exponents[atom] else {
                exponents[atom] = exponent
                continue
            }
            exponents[atom] = try bounded(present + exponent)
            isReduced = false
        }
        return isReduced ? Polynomial([Monomial(exponents): .one]) : try reduced(exponents)
    }

    // MARK: Forms

    mutating func sum(_ left: Form, _ right: Form) throws(MathFault) -> Form {
        if left.denominator == right.denominator {
            return try form(try sum(left.numerator, right.numerator), over: left.denominator)
        }
        let (first, second) = (try product(left.numerator, right.denominator), try product(right.numerator, left.denominator))
        return try form(try sum(first, second), over: try product(left.denominator, right.denominator))
    }

    mutating func difference(_ left: Form, _ right: Form) throws(MathFault) -> Form { try sum(left, -right) }

    mutating func product(_ left: Form, _ right: Form) throws(MathFault) -> Form {
        try form(try product(left.numerator, right.numerator), over: try product(left.denominator, right.denominator))
    }

    mutating func quotient(_ left: Form, _ right: Form) throws(MathFault) -> Form {
        guard !right.isZero else { throw .unreadable }
        return try form(try product(left.numerator, right.denominator), over: try product(left.denominator, right.numerator))
    }

    /// Whether two forms are the same.
    mutating func areEqual(_ left: Form, _ right: Form) throws(MathFault) -> Bool {
        if left == right { return true }
        return try sum(try product(left.numerator, right.denominator), try product(right.numerator, left.denominator).scaled(by: -.one))
            .isZero
    }

    /// The quotient, with a denominator of one wherever a single term can be taken to the numerator.
    private mutating func form(_ numerator: Polynomial, over denominator: Polynomial) throws(MathFault) -> Form {
        if numerator.isZero { return .zero }
        if let (monomial, coefficient) = denominator.single, monomial.isInvertible {
            let inverse = try reduced(monomial.exponents.mapValues { -$0 })
            return Form(try product(try scaled(numerator, by: .one / coefficient), inverse))
        }
        let content = denominator.content
        return content == .one
            ? Form(numerator, over: denominator)
            : Form(try scaled(numerator, by: .one / content), over: denominator.scaled(by: .one / content))
    }
}
