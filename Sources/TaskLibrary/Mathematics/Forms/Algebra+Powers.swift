extension Algebra {
    /// A product of powers, by the rules of the atoms: i² = −1, cos² = 1 − sin², and whole powers of what stands under a root.
    mutating func reduced(_ exponents: [Atom: Rational]) throws(MathFault) -> Polynomial {
        var (rest, coefficient, factors): ([Atom: Rational], Rational, [Polynomial]) = ([:], .one, [])
        for (atom, exponent) in exponents {
            try spend(1)
            let whole = exponent.floor
            let fraction = exponent - Rational(whole)
            switch atom {
            case .prime(let base):
                coefficient = try bounded(coefficient * (try power(Rational(base), whole.int)))
                rest[atom] = fraction
            case .i:
                guard exponent.isWhole, let turns = whole.dividedDown(by: BigInteger(4)).remainder.int else { throw .unreadable }
                if turns >= 2 { coefficient = -coefficient }
                rest[atom] = Rational(turns % 2)
            case .radical(let base):
                guard let times = whole.int, times >= 0 else { throw .unreadable }
                if times > 0 { factors.append(try power(base, times)) }
                rest[atom] = fraction
            case .cosine(let argument) where exponent >= Rational(2):
                guard exponent.isWhole, let times = whole.int else { throw .unreadable }
                var square = Polynomial.one
                square.add(-.one, Monomial(.sine(argument), Rational(2)))
                factors.append(try power(square, times / 2))
                rest[atom] = Rational(times % 2)
            default: rest[atom] = exponent
            }
        }
        var product = Polynomial([Monomial(rest): coefficient])
        // By size: the work does not depend on the order in which a dictionary gives its elements.
        for factor in factors.sorted(by: { $0.terms.count < $1.terms.count }) { product = try self.product(product, factor) }
        return product
    }

    /// A number to a whole power.
    func power(_ base: Rational, _ exponent: Int?) throws(MathFault) -> Rational {
        guard let exponent, !(base.isZero && exponent <= 0) else { throw base.isZero ? .unreadable : .tooLarge }
        if base == .one || base.isZero { return base }
        if base == -.one { return exponent.isMultiple(of: 2) ? .one : base }
        let size = abs(exponent)
        guard size <= Self.mostBits, size * (base.bitCount - 1) <= Self.mostBits else { throw .tooLarge }
        return base.power(exponent)
    }

    /// A polynomial to a power of at least 0.
    mutating func power(_ base: Polynomial, _ exponent: Int) throws(MathFault) -> Polynomial {
        guard exponent <= Self.largestExponent else { throw .tooLarge }
        if let (monomial, coefficient) = base.single {
            let factor = Rational(exponent)
            let scaled = try reduced(monomial.exponents.mapValues { $0 * factor })
            return try product(scaled, Polynomial(try power(coefficient, exponent)))
        }
        var (result, square, rest) = (Polynomial.one, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result = try product(result, square) }
            rest >>= 1
            if rest > 0 { square = try product(square, square) }
        }
        return result
    }

    /// A form to a whole power.
    mutating func power(_ base: Form, _ exponent: Int) throws(MathFault) -> Form {
        if base.isZero && exponent <= 0 { throw .unreadable }
        if exponent == 0 { return .one }
        let (top, bottom) = (try power(base.numerator, abs(exponent)), try power(base.denominator, abs(exponent)))
        return try quotient(Form(exponent > 0 ? top : bottom), Form(exponent > 0 ? bottom : top))
    }

    /// A form to a power of any kind.
    mutating func power(_ base: Form, _ exponent: Form) throws(MathFault) -> Form {
        if let number = exponent.rational {
            guard let top = number.numerator.int, let bottom = number.denominator.int else { throw .tooLarge }
            return bottom == 1 ? try power(base, top) : try power(try root(bottom, of: base), top)
        }
        guard let polynomial = exponent.polynomial, let (monomial, coefficient) = base.polynomial?.single, !coefficient.isNegative,
            monomial.exponents.keys.allSatisfy({ $0.isPositive || $0.isVariable }), monomial.isOne || coefficient == .one,
            monomial.exponents.count <= 1
        else { return Form(.function("power", [base, exponent])) }
        if let turn = try circle(base, polynomial) { return turn }
        var result = Form.one
        for (part, factor) in polynomial.terms {
            result = try product(result, try powerOfTerm(monomial, coefficient, exponent: part, times: factor))
        }
        return result
    }

    /// A number, or a power of one atom, to the power of one term.
    private mutating func powerOfTerm(
        _ monomial: Monomial, _ coefficient: Rational, exponent part: Monomial, times factor: Rational
    ) throws(MathFault) -> Form {
        if part.isOne { return try power(Form(Polynomial([monomial: coefficient])), Form(factor)) }
        var exponents: [Atom: Rational] = [:]
        for (prime, count) in try factors(of: coefficient) { exponents[.power(.prime(prime), part)] = count * factor }
        for (atom, count) in monomial.exponents {
            if case .power = atom { return Form(.function("power", [Form(atom), Form(Polynomial([part: count * factor]))])) }
            if atom == .e, case .logarithm(let number)? = part.onlyAtom {
                // e to the power of ln 2 is 2.
                return try power(Form(Rational(number)), Form(count * factor))
            }
            exponents[.power(atom, part)] = count * factor
        }
        return Form(Polynomial([Monomial(exponents): .one]))
    }

    /// e to a rational multiple of iπ, where that has an exact value; nil for other powers.
    private mutating func circle(_ base: Form, _ exponent: Polynomial) throws(MathFault) -> Form? {
        guard base == Form(.e), let (monomial, coefficient) = exponent.single, monomial == Monomial([.i: .one, .pi: .one]) else {
            return nil
        }
        let angle = Form(Polynomial([Monomial(.pi): coefficient]))
        return try sum(try cosine(of: angle), try product(Form(.i), try sine(of: angle)))
    }
}

extension Atom {
    var isVariable: Bool { if case .variable = self { true } else { false } }
}

extension Monomial {
    /// The atom that it is.
    var onlyAtom: Atom? {
        guard exponents.count == 1, let (atom, exponent) = exponents.first, exponent == .one else { return nil }
        return atom
    }
}
