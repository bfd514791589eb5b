/// A sum of monomials with rational coefficients, none of them zero.
struct Polynomial: Hashable, Sendable {
    private(set) var terms: [Monomial: Rational]

    static let zero = Polynomial([:])
    static let one = Polynomial(.one)

    init(_ terms: [Monomial: Rational]) { self.terms = terms.filter { !$0.value.isZero } }

    init(_ number: Rational) { self.init([.one: number]) }

    init(_ atom: Atom) { self.init([Monomial(atom): .one]) }

    var isZero: Bool { terms.isEmpty }

    var isConstant: Bool { terms.keys.allSatisfy { $0.isConstant } }

    var variables: Set<String> { Set(terms.keys.flatMap(\.variables)) }

    /// The number that it is; nil where it holds an atom.
    var rational: Rational? {
        if terms.isEmpty { return .zero }
        return terms.count == 1 ? terms[.one] : nil
    }

    /// Its only term.
    var single: (monomial: Monomial, coefficient: Rational)? {
        guard terms.count == 1, let term = terms.first else { return nil }
        return (term.key, term.value)
    }

    /// The positive number that divides all coefficients into whole numbers without a common divisor; 1 for zero.
    var content: Rational {
        var (top, bottom) = (BigInteger.zero, BigInteger.one)
        for coefficient in terms.values {
            top = .greatestCommonDivisor(top, coefficient.numerator)
            let shared = BigInteger.greatestCommonDivisor(bottom, coefficient.denominator)
            bottom = bottom * coefficient.denominator.dividedDown(by: shared).quotient
        }
        return top.isZero ? .one : Rational(top, over: bottom)
    }

    /// Adds a term.
    mutating func add(_ coefficient: Rational, _ monomial: Monomial) {
        let sum = terms[monomial, default: .zero] + coefficient
        terms[monomial] = sum.isZero ? nil : sum
    }

    /// All coefficients times a number.
    func scaled(by factor: Rational) -> Polynomial {
        factor == .one ? self : Polynomial(terms.mapValues { $0 * factor })
    }
}

/// A quotient of polynomials; the denominator is not zero.
struct Form: Hashable, Sendable {
    let numerator: Polynomial
    let denominator: Polynomial

    static let zero = Form(.zero)
    static let one = Form(.one)

    init(_ numerator: Polynomial, over denominator: Polynomial = .one) {
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    init(_ number: Rational) { self.init(Polynomial(number)) }

    init(_ atom: Atom) { self.init(Polynomial(atom)) }

    var isZero: Bool { numerator.isZero }

    var isConstant: Bool { numerator.isConstant && denominator.isConstant }

    var variables: Set<String> { numerator.variables.union(denominator.variables) }

    /// The number that it is; nil where it holds an atom.
    var rational: Rational? { denominator == .one ? numerator.rational : nil }

    /// The polynomial that it is; nil for quotients.
    var polynomial: Polynomial? { denominator == .one ? numerator : nil }

    /// The letter that it is.
    var variable: String? {
        guard denominator == .one, let (monomial, coefficient) = numerator.single, coefficient == .one, monomial.exponents.count == 1,
            case (.variable(let name), .one)? = monomial.exponents.first.map({ ($0.key, $0.value) })
        else { return nil }
        return name
    }

    static prefix func - (form: Form) -> Form { Form(form.numerator.scaled(by: Rational(-1)), over: form.denominator) }
}
