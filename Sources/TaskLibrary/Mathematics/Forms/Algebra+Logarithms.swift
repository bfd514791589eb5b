extension Algebra {
    /// The natural logarithm: a sum over primes, with e as 1 and the number in front of a polynomial taken out.
    mutating func logarithm(of form: Form) throws(MathFault) -> Form {
        guard !form.isZero else { throw .unreadable }
        guard let polynomial = form.polynomial else { return Form(.function("ln", [form])) }
        if let (monomial, coefficient) = polynomial.single, !coefficient.isNegative, monomial.exponents.keys.allSatisfy({ $0.isPositive }) {
            return try logarithm(of: monomial, times: coefficient)
        }
        let content = polynomial.content
        let inner = polynomial.scaled(by: .one / content)
        if let number = inner.rational, number.isNegative { throw .unreadable }
        return try sum(try logarithm(of: .one, times: content), Form(.function("ln", [Form(inner)])))
    }

    private mutating func logarithm(of monomial: Monomial, times coefficient: Rational) throws(MathFault) -> Form {
        var sum = Polynomial.zero
        for (prime, count) in try factors(of: coefficient) { sum.add(count, Monomial(.logarithm(prime))) }
        for (atom, exponent) in monomial.exponents {
            switch atom {
            case .e: sum.add(exponent, .one)
            case .prime(let base): sum.add(exponent, Monomial(.logarithm(base)))
            case .power(.e, let power): sum.add(exponent, power)
            case .power(.prime(let base), let power):
                let term = try product(Polynomial([power: exponent]), Polynomial(.logarithm(base)))
                sum = try self.sum(sum, term)
            default: sum.add(exponent, Monomial(.function("ln", [Form(atom)])))
            }
        }
        return Form(sum)
    }
}
