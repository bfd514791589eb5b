/// A unit of measurement: a factor and the powers of base units; a word that is not known is a base unit of its own.
struct MathUnit: Hashable, Sendable {
    private(set) var factor = Rational.one
    private(set) var powers: [String: Int] = [:]

    /// No unit at all.
    static let none = MathUnit()
    static let percent = MathUnit(base: "%")
    static let degree = MathUnit(base: "°")

    init() {}

    init(base: String) { powers = [base: 1] }

    /// The unit of a word; nil for words that no unit is called by.
    init?(word: String) {
        if let known = Self.table[word] ?? Self.table[Self.singular(word)] {
            self = known
        } else if Self.refused.contains(word) || word.count < 2 {
            return nil
        } else {
            powers = [Self.singular(word): 1]
        }
    }

    /// Whether a word is a unit that the table has.
    static func isKnown(_ word: String) -> Bool { table[word] != nil || table[singular(word)] != nil }

    /// Times another unit to a power.
    func times(_ other: MathUnit, power: Int) -> MathUnit {
        var result = self
        result.factor = factor * other.factor.power(power)
        for (base, exponent) in other.powers {
            let sum = result.powers[base, default: 0] + exponent * power
            result.powers[base] = sum == 0 ? nil : sum
        }
        return result
    }

    /// `inches` and `inch` are one word.
    private static func singular(_ word: String) -> String {
        if word.hasSuffix("ies") && word.count > 4 { return word.dropLast(3) + "y" }
        for ending in ["ches", "shes", "xes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
        return word.hasSuffix("s") && !word.hasSuffix("ss") && word.count > 3 ? String(word.dropLast()) : word
    }

    /// Words beside a number that change what it says.
    private static let refused: Set<String> = [
        "not", "less", "more", "than", "least", "most", "about", "or", "and", "if", "is", "are", "but", "approximately", "between", "to",
        "from", "times", "plus", "minus", "over", "when", "where", "for", "with", "such", "that", "which", "since", "because", "each", "all",
        "mod", "modulo", "base", "factorial", "half", "quarter", "third", "pi", "twice", "remainder", "so", "then", "in", "by", "as", "no",
        "yes", "only", "up", "down", "point", "positive", "negative", "below", "above", "after", "before", "ago",
        "solution", "set", "any", "at", "the", "except", "without", "exactly", "nearly", "roughly", "around", "almost",
    ]

    private init(_ factor: Rational, _ base: String, _ power: Int = 1) { (self.factor, powers) = (factor, base.isEmpty ? [:] : [base: power]) }

    private static let table: [String: MathUnit] = {
        var table: [String: MathUnit] = [:]
        func add(_ names: String, _ factor: Rational, _ base: String, _ power: Int = 1) {
            for name in names.split(separator: " ") { table[String(name)] = MathUnit(factor, base, power) }
        }
        add("m meter metre", .one, "metre")
        add("km kilometer kilometre", Rational(1_000), "metre")
        add("cm centimeter centimetre", Rational(1, 100), "metre")
        add("mm millimeter millimetre", Rational(1, 1_000), "metre")
        add("inch in", .one, "inch")
        add("ft foot feet", Rational(12), "inch")
        add("yd yard", Rational(36), "inch")
        add("mi mile", Rational(63_360), "inch")
        add("g gram", .one, "gram")
        add("kg kilogram", Rational(1_000), "gram")
        add("mg milligram", Rational(1, 1_000), "gram")
        add("oz ounce", .one, "ounce")
        add("lb lbs pound", Rational(16), "ounce")
        add("s sec second", .one, "second")
        add("min minute", Rational(60), "second")
        add("h hr hour", Rational(3_600), "second")
        add("day", Rational(86_400), "second")
        add("week", Rational(604_800), "second")
        add("l liter litre", .one, "litre")
        add("ml milliliter millilitre", Rational(1, 1_000), "litre")
        add("dollar usd buck", Rational(100), "cent")
        add("cent", .one, "cent")
        add("euro eur", .one, "euro")
        add("yen", .one, "yen")
        add("rad radian", .one, "")
        add("hundred", Rational(100), "")
        add("thousand", Rational(1_000), "")
        add("million", Rational(1_000_000), "")
        add("billion", Rational(1_000_000_000), "")
        add("trillion", Rational(1_000_000_000_000), "")
        table["mph"] = MathUnit(Rational(63_360, 3_600), "inch").times(MathUnit(base: "second"), power: -1)
        return table
    }()
}
