import Autodidact
import Randomness

/// What the questions of one level are drawn from.
///
/// These numbers decide how hard the task is for the base model: tune them here.
struct ChoiceLevel: Sendable, Hashable, NumberedLevel {
    static let task = ChoiceFamily.slug

    let number: Int
    /// Numbers that are added, subtracted, compared and sorted.
    let values: ClosedRange<Int>
    /// What is multiplied by.
    let factors: ClosedRange<Int>
    /// How many numbers are sorted.
    let listLength: Int

    static let all = [
        ChoiceLevel(number: 1, values: 1...9, factors: 2...4, listLength: 3),
        ChoiceLevel(number: 2, values: 2...30, factors: 2...9, listLength: 3),
        ChoiceLevel(number: 3, values: 10...99, factors: 2...29, listLength: 4),
    ]

    static let defaults = [1, 2]

    /// The level's line in the catalogue.
    var taskLevel: TaskLevel {
        TaskLevel(number, "numbers from \(values.lowerBound) to \(values.upperBound): results, extremes, and \(listLength) to sort")
    }

    /// A random question with its options: results twice as often as extremes and sorting.
    func reference(using generator: inout KeyedGenerator) -> ChoiceReference {
        while true {  // a draw has four different options with a probability far from 0
            let kind = generator.index(below: 4)
            let drawn = kind < 2 ? results(using: &generator) : kind == 2 ? extremes(using: &generator) : orders(using: &generator)
            var options = drawn.options
            for place in options.indices.dropLast() {
                options.swapAt(place, place + generator.index(below: options.count - place))
            }
            if let reference = ChoiceReference(question: drawn.question, options: options) { return reference }
        }
    }

    private func results(using generator: inout KeyedGenerator) -> (question: ChoiceQuestion, options: [[Int]]) {
        let operation = [Operation.plus, .plus, .minus, .times][generator.index(below: 4)]
        var left = Self.number(in: values, using: &generator)
        var right = Self.number(in: operation == .times ? factors : values, using: &generator)
        if operation == .minus && left < right { swap(&left, &right) }
        let chain = ArithmeticChain(first: left, links: [ArithmeticChain.Link(operation: operation, operand: right)])
        guard let step = chain.steps.first else { return (.result(of: chain), []) }
        let others = (0..<ChoiceReference.letters.count - 1).map { _ in
            let isNear = generator.index(below: 2) == 0
            let near = step.result - 9 + generator.index(below: 19)
            return [isNear && near > 0 ? near : ArithmeticSlip.result(of: step, using: &generator)]
        }
        return (.result(of: chain), [[step.result]] + others)
    }

    private func extremes(using generator: inout KeyedGenerator) -> (question: ChoiceQuestion, options: [[Int]]) {
        let options = ChoiceReference.letters.map { _ in [Self.number(in: values, using: &generator)] }
        return (generator.index(below: 2) == 0 ? .largest : .smallest, options)
    }

    private func orders(using generator: inout KeyedGenerator) -> (question: ChoiceQuestion, options: [[Int]]) {
        let numbers = (0..<listLength).map { _ in Self.number(in: values, using: &generator) }
        let sorted = numbers.sorted()
        let others = (0..<ChoiceReference.letters.count - 1).map { _ in
            var order = sorted
            for place in order.indices.dropLast() { order.swapAt(place, place + generator.index(below: order.count - place)) }
            return order
        }
        return (.sort(numbers), [sorted] + others)
    }

    private static func number(in range: ClosedRange<Int>, using generator: inout KeyedGenerator) -> Int {
        range.lowerBound + generator.index(below: range.count)
    }
}
