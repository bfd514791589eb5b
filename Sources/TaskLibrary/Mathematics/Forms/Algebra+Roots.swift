extension Algebra {
    private static let highestDegree = 64
    private static let largestTrialDivisor = 10_000

    /// The real root of a degree of at least 2; the square root of a negative number is imaginary.
    mutating func root(_ degree: Int, of form: Form) throws(MathFault) -> Form {
        guard 2...Self.highestDegree ~= degree else { throw .tooLarge }
        if form.isZero { return .zero }
        guard let polynomial = form.polynomial else { return Form(.function("root \(degree)", [form])) }
        if let (monomial, coefficient) = polynomial.single { return try root(degree, of: monomial, times: coefficient) }
        let content = polynomial.content
        let primitive = polynomial.scaled(by: .one / content)
        let outer = try root(degree, of: .one, times: content)
        if degree == 2, let sum = try denested(primitive) { return try product(outer, sum) }
        return try product(outer, Form(Polynomial([Monomial(.radical(primitive), Rational(1, degree)): .one])))
    }

    /// The root of one term: what is positive comes out, and the rest where its domain allows it.
    private mutating func root(_ degree: Int, of monomial: Monomial, times coefficient: Rational) throws(MathFault) -> Form {
        let share = Rational(1, degree)
        var (outer, inner): ([Atom: Rational], [Atom: Rational]) = ([:], [:])
        if coefficient.isNegative {
            guard degree == 2 || !degree.isMultiple(of: 2) else { throw .unreadable }
            if degree == 2 { outer[.i] = .one }
        }
        for (prime, count) in try factors(of: coefficient.magnitude) { outer[.prime(prime)] = count * share }
        for (atom, exponent) in monomial.exponents {
            // A prime may stand under roots of both, the coefficient and the term.
            if atom.isPositive { outer[atom] = outer[atom, default: .zero] + exponent * share } else { inner[atom] = exponent }
        }
        var result = Form(try reduced(outer))
        if coefficient.isNegative && degree != 2 { result = -result }
        if inner.isEmpty { return result }
        if comesOut(inner, degree: degree) {
            return try product(result, Form(try reduced(inner.mapValues { $0 * share })))
        }
        return try product(result, Form(Polynomial([Monomial(.radical(Polynomial([Monomial(inner): .one])), share): .one])))
    }

    /// Whether the root of a product is the product of the roots, wherever it is real.
    ///
    /// An odd root of variables always; an even one only where the product is one atom that then cannot be negative.
    private func comesOut(_ exponents: [Atom: Rational], degree: Int) -> Bool {
        if !degree.isMultiple(of: 2) { return exponents.keys.allSatisfy { $0.isVariable } }
        guard exponents.count == 1, let (atom, exponent) = exponents.first else { return false }
        switch atom {
        case .variable: return !exponent.numerator.isEven || exponent.denominator.isEven
        case .radical: return exponent == Rational(1, 2)
        default: return false
        }
    }

    /// √(a + b) as √((a + d)/2) ± √((a − d)/2) with d = √(a² − b²), where a and b² are numbers and d is one too; nil where not.
    private mutating func denested(_ polynomial: Polynomial) throws(MathFault) -> Form? {
        guard polynomial.terms.count == 2, polynomial.isConstant, let a = polynomial.terms[.one], !a.isNegative,
            let (monomial, coefficient) = polynomial.terms.first(where: { !$0.key.isOne })
        else { return nil }
        let surd = Polynomial([monomial: coefficient])
        guard monomial.exponents.keys.allSatisfy({ $0.isPositive }), let square = try product(surd, surd).rational else { return nil }
        let rest = a * a - square
        guard !rest.isNegative, let top = rest.numerator.exactRoot(2), let bottom = rest.denominator.exactRoot(2) else { return nil }
        let d = Rational(top, over: bottom)
        let half = Rational(1, 2)
        let (large, small) = (try root(2, of: Form((a + d) * half)), try root(2, of: Form((a - d) * half)))
        return coefficient.isNegative ? try difference(large, small) : try sum(large, small)
    }

    /// The powers of primes whose product is a positive number; what trial division leaves counts as a prime.
    mutating func factors(of number: Rational) throws(MathFault) -> [(prime: BigInteger, exponent: Rational)] {
        var found: [(prime: BigInteger, exponent: Rational)] = []
        for (prime, count) in try factors(of: number.numerator) { found.append((prime, Rational(count))) }
        for (prime, count) in try factors(of: number.denominator) { found.append((prime, Rational(-count))) }
        return found
    }

    private mutating func factors(of number: BigInteger) throws(MathFault) -> [(prime: BigInteger, count: Int)] {
        var (rest, found): (BigInteger, [(prime: BigInteger, count: Int)]) = (number, [])
        // The larger the number, the fewer divisors are tried.
        let largest = number.bitCount <= 62 ? Self.largestTrialDivisor : number.bitCount <= 512 ? 1_000 : 50
        var divisor = 2
        while rest != .one && divisor <= largest {
            if let small = rest.int, small < divisor * divisor { break }
            var count = 0
            while let quotient = Self.quotient(rest, divisor) { (rest, count) = (quotient, count + 1) }
            if count > 0 { found.append((BigInteger(divisor), count)) }
            try spend(1 + rest.limbs.count * count)
            divisor += divisor == 2 ? 1 : 2
        }
        guard rest != .one else { return found }
        // A large prime squared or cubed is still seen.
        for degree in [2, 3] {
            if let root = rest.exactRoot(degree) { return found + [(root, degree)] }
        }
        return found + [(rest, 1)]
    }

    /// The quotient of a division without remainder.
    private static func quotient(_ number: BigInteger, _ divisor: Int) -> BigInteger? {
        if let small = number.int { return small.isMultiple(of: divisor) ? BigInteger(small / divisor) : nil }
        let (quotient, remainder) = number.dividedDown(by: BigInteger(divisor))
        return remainder.isZero ? quotient : nil
    }
}
