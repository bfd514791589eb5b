import Randomness

/// Mistakes of the kinds that people make in mental arithmetic.
enum ArithmeticSlip: CaseIterable {
    case offByTen
    case offByOne
    case carryForgotten
    case digitsSwapped

    /// A wrong positive result of a step whose result is true; a kind that does not apply there is off by one instead.
    static func result(of step: WrittenStep, using generator: inout KeyedGenerator) -> Int {
        let kind = allCases[generator.index(below: allCases.count)]
        let down = generator.index(below: 2) == 0
        let wrong =
            switch kind {
            case .offByTen: step.result + (down ? -10 : 10)
            case .offByOne: step.result + (down ? -1 : 1)
            case .carryForgotten: step.result - carry(of: step)
            case .digitsSwapped: step.result / 100 * 100 + step.result % 10 * 10 + step.result / 10 % 10
            }
        return wrong > 0 && wrong != step.result ? wrong : step.result + 1
    }

    /// What the units carry to the tens (less than 0 where they borrow).
    private static func carry(of step: WrittenStep) -> Int {
        let (left, right) = (step.left % 10, step.right % 10)
        return switch step.operation {
        case .plus: left + right >= 10 ? 10 : 0
        case .minus: left < right ? -10 : 0
        case .times: left * right / 10 * 10
        case .over: 0
        }
    }
}
