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

    /// A multiple of a base unit; the empty one is a plain number.
    init(_ factor: Rational, _ base: String) { (self.factor, powers) = (factor, base.isEmpty ? [:] : [base: 1]) }

    /// The unit of a word; nil for words that no unit is called by.
    init?(word: String) {
        if let known = Self.table[word] ?? Self.table[Self.singular(word)] {
            self = known
        } else if MathUnitTable.refused.contains(word) || MathUnitTable.refused.contains(Self.singular(word)) || word.count < 2 {
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

    private static let table = MathUnitTable.units
}
