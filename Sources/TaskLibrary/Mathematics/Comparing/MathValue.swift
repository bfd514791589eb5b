/// What an answer states, in a form that can be compared.
indirect enum MathValue: Hashable, Sendable {
    case number(MathNumber)
    /// Elements in an order, by the brackets around them; `,` for none.
    case tuple([MathValue], open: Character, close: Character)
    /// Elements of a set.
    case set([MathValue])
    /// Several values side by side.
    case list([MathValue])
    case region(Region)
    case matrix([[Form]])
    /// A value with the letter that has it.
    case named(String, MathValue)
    /// Both sides' difference, which is zero.
    case equation(Form)
    /// What is above zero, or not below it where it is not strict.
    case inequality(Form, isStrict: Bool)
    /// An exact value and the decimal that it is said to be about.
    case about(MathValue, MathNumber)
    case based(String, Int)
    case ratio([Form])
    case time(Int, Int, half: String?)
    case words(String)
    case choice(String, MathValue?)
}

/// A number or expression with its unit and what matters of how it was written.
struct MathNumber: Hashable, Sendable {
    var form: Form
    var unit = MathUnit.none
    var writing = Writing()

    /// How an expression was written.
    struct Writing: Hashable, Sendable {
        /// Whether it is a number in digits, a fraction of two, or a power of ten times one.
        var isLiteral = false
        /// Additions, multiplications and calls of functions that are left to do.
        var operations = 0
        /// Whether digits behind a point stand in it.
        var hasDecimals = false
        /// For a decimal alone: digits behind the point, and those from the first that is not zero.
        var places: Int?
        var significantDigits = 0
    }
}

extension MathNumber.Writing {
    init(of node: MathNode) {
        operations = Self.operations(in: node)
        isLiteral = Self.isLiteral(node)
        hasDecimals = Self.hasDecimals(node)
        if let (number, _) = Self.decimal(node) { (places, significantDigits) = (number.places, number.significantDigits) }
    }

    /// A number, with a sign or without.
    private static func decimal(_ node: MathNode) -> (WrittenNumber, isNegative: Bool)? {
        switch node {
        case .number(let number): (number, false)
        case .negative(.number(let number)): (number, true)
        case .measure(let inner, _): decimal(inner)
        default: nil
        }
    }

    private static func isLiteral(_ node: MathNode) -> Bool {
        switch node {
        case .number: true
        case .negative(let inner), .measure(let inner, _): isLiteral(inner)
        case .quotient(let top, let bottom): decimal(top) != nil && decimal(bottom) != nil
        case .product(let factors, _): isScientific(factors)
        default: false
        }
    }

    /// A number times a power of ten.
    private static func isScientific(_ factors: [MathNode]) -> Bool {
        guard factors.count == 2, case .number = factors[0], case .power(.number(let ten), let exponent) = factors[1] else { return false }
        return ten.digits == "10" && decimal(exponent) != nil
    }

    private static func operations(in node: MathNode) -> Int {
        switch node {
        case .sum(let terms): terms.count - 1 + terms.reduce(0) { $0 + operations(in: $1) }
        case .product(let factors, let signs):
            (isScientific(factors) ? 0 : max(signs, factors.count { isLiteral($0) } - 1)) + factors.reduce(0) { $0 + operations(in: $1) }
        case .quotient(let top, let bottom): operations(in: top) + operations(in: bottom)
        case .power(let base, let exponent): operations(in: base) + operations(in: exponent)
        case .negative(let inner), .root(_, let inner), .measure(let inner, _): operations(in: inner)
        case .call(let name, let arguments):
            (["factorial", "binomial"].contains(name) ? 0 : 1) + arguments.reduce(0) { $0 + operations(in: $1) }
        default: 0
        }
    }

    private static func hasDecimals(_ node: MathNode) -> Bool {
        switch node {
        case .number(let number): number.places != nil
        case .sum(let parts), .product(let parts, _), .call(_, let parts): parts.contains { hasDecimals($0) }
        case .quotient(let first, let second), .power(let first, let second): hasDecimals(first) || hasDecimals(second)
        case .negative(let inner), .root(_, let inner), .measure(let inner, _): hasDecimals(inner)
        default: false
        }
    }
}
