import Autodidact
import Randomness

/// What the chains of one level are drawn from.
///
/// These numbers decide how hard the task is for the base model: tune them here.
struct ArithmeticLevel: Sendable, Hashable, NumberedLevel {
    static let task = ArithmeticFamily.slug

    let number: Int
    let operations: Int
    /// The first number, and what is added or subtracted.
    let terms: ClosedRange<Int>
    /// What is multiplied by.
    let factors: ClosedRange<Int>
    /// Every running value lies here.
    let values: ClosedRange<Int>

    static let all = [
        ArithmeticLevel(number: 1, operations: 2, terms: 2...30, factors: 2...9, values: 1...999),
        ArithmeticLevel(number: 2, operations: 4, terms: 2...99, factors: 2...29, values: 1...99_999),
        ArithmeticLevel(number: 3, operations: 5, terms: 2...999, factors: 2...29, values: 1...99_999),
    ]

    static let defaults = [2, 3]

    /// The level's line in the catalogue.
    var taskLevel: TaskLevel {
        TaskLevel(
            number,
            "\(operations) operations on numbers from \(terms.lowerBound) to \(terms.upperBound), "
                + "running value from \(values.lowerBound) to \(values.upperBound)"
        )
    }

    /// Enough bytes for every correct response, with one newline at the end.
    var longestResponse: Int {
        func digits(_ number: Int) -> Int { String(number).count }
        return operations * (2 * digits(values.upperBound) + digits(terms.upperBound) + 3)
    }

    /// A random chain: operators uniform among those that can keep the running value within bounds, operands uniform likewise.
    func chain(using generator: inout KeyedGenerator) -> ArithmeticChain {
        let first = Self.number(in: terms, using: &generator)
        var (links, value) = ([ArithmeticChain.Link](), first)
        while links.count < operations {
            let choices = choices(after: value)
            let (operation, operands) = choices[generator.index(below: choices.count)]
            let operand = Self.number(in: operands, using: &generator)
            links.append(ArithmeticChain.Link(operation: operation, operand: operand))
            value = operation.result(value, operand) ?? value
        }
        return ArithmeticChain(first: first, links: links)
    }

    private func choices(after value: Int) -> [(Operation, ClosedRange<Int>)] {
        let room: [(Operation, Int)] = [
            (.plus, min(terms.upperBound, values.upperBound - value)),
            (.minus, min(terms.upperBound, value - values.lowerBound)),
            (.times, min(factors.upperBound, values.upperBound / value)),
        ]
        return room.compactMap { operation, largest in
            let least = operation == .times ? factors.lowerBound : terms.lowerBound
            return least <= largest ? (operation, least...largest) : nil
        }
    }

    private static func number(in range: ClosedRange<Int>, using generator: inout KeyedGenerator) -> Int {
        range.lowerBound + generator.index(below: range.count)
    }
}
