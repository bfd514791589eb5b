/// The words that are units, and those that are none.
enum MathUnitTable {
    /// Words beside a number that change what it says, so that they are no unit.
    static let refused: Set<String> = [
        "not", "less", "more", "than", "least", "most", "about", "or", "and", "if", "is", "are", "but", "approximately", "between", "to",
        "from", "times", "plus", "minus", "over", "when", "where", "for", "with", "such", "that", "which", "since", "because", "each",
        "all",
        "mod", "modulo", "base", "factorial", "pi", "twice", "remainder", "so", "then", "by", "as", "no", "yes", "only", "up", "down",
        "point", "positive", "negative", "below", "above", "after", "before", "ago", "solution", "set", "any", "at", "the", "except",
        "without", "exactly", "nearly", "roughly", "around", "almost", "squared", "cubed", "dozen", "score", "gross", "pair", "couple",
        "double", "doubled", "triple", "tripled", "inverse", "reciprocal", "root", "power", "zero", "one", "two", "three", "four", "five",
        "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "half", "halve", "halves", "third", "quarter", "fourth",
        "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "hundredth", "thousandth", "millionth", "infinity", "infinite", "wrong",
        "incorrect", "false", "true", "even", "odd", "prime", "undefined", "off", "out", "maybe", "perhaps", "possibly", "likely",
    ]

    static let units: [String: MathUnit] = {
        var table: [String: MathUnit] = [:]
        func add(_ names: String, _ factor: Rational, _ base: String) {
            for name in names.split(separator: " ") { table[String(name)] = MathUnit(factor, base) }
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
