/// What a mathematical text says, as it was written.
indirect enum MathNode: Hashable, Sendable {
    case number(WrittenNumber)
    /// A letter, with its index if any.
    case letter(String)
    case infinity
    case negative(MathNode)
    /// Two or more terms.
    case sum([MathNode])
    /// Two or more factors; `signs` counts those between which a sign of multiplication stands.
    case product([MathNode], signs: Int)
    case quotient(MathNode, MathNode)
    case power(MathNode, MathNode)
    case root(Int, MathNode)
    /// A function such as sine, by its name.
    case call(String, [MathNode])
    case measure(MathNode, MathUnit)
    /// Digits to a base.
    case based(String, Int)
    /// Two or more elements between brackets, which may be of different kinds; or one between brackets of a vector.
    case group([MathNode], open: Character, close: Character)
    case set([MathNode])
    case union([MathNode])
    case without(MathNode, MathNode)
    case matrix([[MathNode]])
    case reals
    /// Sides with the relations between them.
    case relation([MathNode], [Relation])
    /// Elements without brackets; whether an `or` stands between two of them.
    case list([MathNode], hasOr: Bool)
    case ratio([MathNode])
    /// Hour and minute, with the half of the day if one is named.
    case time(Int, Int, half: String?)
    /// Words, in lower case.
    case words(String)
    /// A letter of multiple choice, with what is said behind it.
    case choice(String, MathNode?)
}

/// How two sides stand to each other.
enum Relation: String, Hashable, Sendable {
    case equal = "="
    case less = "<"
    case greater = ">"
    case notGreater = "≤"
    case notLess = "≥"
    case unequal = "≠"
    case about = "≈"
    case element = "∈"
}

/// A number in digits, with how it was written.
struct WrittenNumber: Hashable, Sendable {
    let value: Rational
    /// The digits after the point; nil for what was not written as a decimal.
    let places: Int?
    /// The digits from the first that is not zero.
    let significantDigits: Int
    /// The digits of a plain whole number, without grouping; nil for others.
    let digits: String?

    /// A whole number of these digits.
    init?(digits: String) {
        guard let size = BigInteger(digits: digits) else { return nil }
        (value, places, self.digits) = (Rational(size), nil, digits)
        significantDigits = digits.drop { $0 == "0" }.count
    }

    /// A decimal; `period` repeats without end.
    init?(whole: String, fraction: String, period: String = "") {
        guard let digits = BigInteger(digits: whole + fraction) else { return nil }
        let scale = BigInteger(10).power(fraction.utf8.count)
        var value = Rational(digits, over: scale)
        if !period.isEmpty {
            guard let repeated = BigInteger(digits: period) else { return nil }
            value = value + Rational(repeated, over: scale * (BigInteger(10).power(period.utf8.count) - .one))
        }
        self.value = value
        places = period.isEmpty ? fraction.utf8.count : nil
        significantDigits = (whole + fraction).drop { $0 == "0" }.count
        self.digits = nil
    }

    /// A value that was written in parts, such as a mixed number.
    init(_ value: Rational) { (self.value, places, significantDigits, digits) = (value, nil, 0, nil) }
}
