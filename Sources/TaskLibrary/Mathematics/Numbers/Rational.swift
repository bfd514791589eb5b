/// A fraction of whole numbers in lowest terms, the denominator above zero.
struct Rational: Hashable, Sendable {
    let numerator: BigInteger
    let denominator: BigInteger

    static let zero = Rational(0)
    static let one = Rational(1)

    init(_ value: Int) { (numerator, denominator) = (BigInteger(value), .one) }

    init(_ value: BigInteger) { (numerator, denominator) = (value, .one) }

    /// A fraction; the denominator is not zero.
    init(_ numerator: BigInteger, over denominator: BigInteger) {
        precondition(!denominator.isZero, "a denominator of zero")
        let divisor = denominator == .one ? .one : BigInteger.greatestCommonDivisor(numerator, denominator)
        let (top, bottom) =
            divisor == .one
            ? (numerator, denominator) : (numerator.dividedDown(by: divisor).quotient, denominator.dividedDown(by: divisor).quotient)
        (self.numerator, self.denominator) = bottom.isNegative ? (-top, -bottom) : (top, bottom)
    }

    /// A fraction of small numbers.
    init(_ numerator: Int, _ denominator: Int) { self.init(BigInteger(numerator), over: BigInteger(denominator)) }

    var isZero: Bool { numerator.isZero }

    var isNegative: Bool { numerator.isNegative }

    var isWhole: Bool { denominator == .one }

    var magnitude: Rational { isNegative ? -self : self }

    /// The bits of numerator and denominator.
    var bitCount: Int { numerator.bitCount + denominator.bitCount }

    /// The same number where it is whole and fits.
    var int: Int? { isWhole ? numerator.int : nil }

    /// The largest whole number that is not above.
    var floor: BigInteger { numerator.dividedDown(by: denominator).quotient }

    /// Whether a decimal of finitely many digits says it.
    var isTerminating: Bool {
        var rest = denominator
        for factor in [BigInteger(2), BigInteger(5)] {
            while true {
                let (quotient, remainder) = rest.dividedDown(by: factor)
                guard remainder.isZero else { break }
                rest = quotient
            }
        }
        return rest == .one
    }

    /// A floating-point number near it, also where numerator and denominator are beyond the range.
    var approximate: Double {
        let excess = max(numerator.bitCount, denominator.bitCount) - 1_000
        guard excess > 0 else { return numerator.approximate / denominator.approximate }
        let scale = BigInteger(2).power(excess)
        return numerator.dividedDown(by: scale).quotient.approximate / denominator.dividedDown(by: scale).quotient.approximate
    }

    static prefix func - (number: Rational) -> Rational { Rational(-number.numerator, over: number.denominator) }

    static func + (left: Rational, right: Rational) -> Rational {
        if left.isWhole && right.isWhole { return Rational(left.numerator + right.numerator) }
        return Rational(
            left.numerator * right.denominator + right.numerator * left.denominator, over: left.denominator * right.denominator)
    }

    static func - (left: Rational, right: Rational) -> Rational { left + -right }

    static func * (left: Rational, right: Rational) -> Rational {
        if left.isWhole && right.isWhole { return Rational(left.numerator * right.numerator) }
        return Rational(left.numerator * right.numerator, over: left.denominator * right.denominator)
    }

    /// The quotient; the divisor is not zero.
    static func / (left: Rational, right: Rational) -> Rational {
        Rational(left.numerator * right.denominator, over: left.denominator * right.numerator)
    }

    /// The power; a base of zero has no exponent below zero.
    func power(_ exponent: Int) -> Rational {
        let (top, bottom) = (numerator.power(exponent.magnitudeAsInt), denominator.power(exponent.magnitudeAsInt))
        return exponent < 0 ? Rational(bottom, over: top) : Rational(top, over: bottom)
    }

    /// `p` or `p/q`.
    var text: String { isWhole ? numerator.decimal : "\(numerator.decimal)/\(denominator.decimal)" }
}

extension Rational: Comparable {
    static func < (left: Rational, right: Rational) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }
}

extension Int {
    fileprivate var magnitudeAsInt: Int { self < 0 ? -self : self }
}
