/// What a polynomial is made of: taken as independent, but for the rules that `Algebra` applies to powers.
///
/// Two atoms that are equal in truth but not in form only hide an equality; they never make one.
indirect enum Atom: Hashable, Sendable {
    /// A letter, with its index if any.
    case variable(String)
    /// The ratio of circumference and diameter.
    case pi
    /// The base of natural logarithms.
    case e
    /// The imaginary unit; its square is −1.
    case i
    /// A whole number above 1 under a root; whole powers go to the coefficient.
    case prime(BigInteger)
    /// The natural logarithm of a whole number above 1 that is taken for a prime.
    case logarithm(BigInteger)
    /// A base to a power that holds more than a number, such as the 2 of 2ˣ.
    case power(Atom, Monomial)
    /// A polynomial under a root; whole powers are multiplied out.
    case radical(Polynomial)
    /// The sine of what has no exact value.
    case sine(Form)
    /// The cosine of what has no exact value; its square is one less the sine's.
    case cosine(Form)
    /// Anything else, by its name and arguments.
    case function(String, [Form])

    /// Whether a power with a negative exponent is a term like any other, because no rule of this atom needs whole powers.
    var isInvertible: Bool {
        switch self {
        case .radical, .cosine: false
        default: true
        }
    }

    /// Whether it stands for a positive real number.
    var isPositive: Bool {
        switch self {
        case .pi, .e, .prime, .logarithm: true
        case .power(let base, let exponent): base.isPositive && exponent.isReal
        default: false
        }
    }

    /// Whether it stands for one number.
    var isConstant: Bool {
        switch self {
        case .variable: false
        case .pi, .e, .i, .prime, .logarithm: true
        case .power(let base, let exponent): base.isConstant && exponent.isConstant
        case .radical(let polynomial): polynomial.isConstant
        case .sine(let form), .cosine(let form): form.isConstant
        case .function(_, let forms): forms.allSatisfy(\.isConstant)
        }
    }

    /// The variables in it.
    var variables: Set<String> {
        switch self {
        case .variable(let name): [name]
        case .pi, .e, .i, .prime, .logarithm: []
        case .power(let base, let exponent): base.variables.union(exponent.variables)
        case .radical(let polynomial): polynomial.variables
        case .sine(let form), .cosine(let form): form.variables
        case .function(_, let forms): Set(forms.flatMap(\.variables))
        }
    }
}

/// A product of powers of atoms.
struct Monomial: Hashable, Sendable {
    /// The exponents, none of them zero.
    let exponents: [Atom: Rational]

    static let one = Monomial([:])

    init(_ exponents: [Atom: Rational]) { self.exponents = exponents.filter { !$0.value.isZero } }

    /// One atom.
    init(_ atom: Atom, _ exponent: Rational = .one) { self.init([atom: exponent]) }

    var isOne: Bool { exponents.isEmpty }

    var isConstant: Bool { exponents.keys.allSatisfy { $0.isConstant } }

    var isInvertible: Bool { exponents.keys.allSatisfy { $0.isInvertible } }

    /// Whether it stands for a real number or a product of variables.
    var isReal: Bool { exponents.keys.allSatisfy { $0 != .i } }

    var variables: Set<String> { Set(exponents.keys.flatMap(\.variables)) }
}
