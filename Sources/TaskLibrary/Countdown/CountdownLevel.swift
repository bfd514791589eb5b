import Autodidact

/// What the problems of one level are drawn from.
///
/// These numbers decide how hard the task is for the base model: tune them here.
struct CountdownLevel: Sendable, Hashable, NumberedLevel {
    static let task = CountdownFamily.slug

    let number: Int
    let count: Int
    let values: ClosedRange<Int>
    let targets: ClosedRange<Int>

    static let all = [
        CountdownLevel(number: 1, count: 3, values: 1...20, targets: 1...50),
        CountdownLevel(number: 2, count: 4, values: 1...20, targets: 10...99),
        CountdownLevel(number: 3, count: 5, values: 1...20, targets: 10...199),
    ]

    static let defaults = [2]

    /// Generated solutions and demonstrations stay at or below this in every step; the verifier knows no such bound.
    static let largestIntermediate = 999

    /// The level's line in the catalogue.
    var taskLevel: TaskLevel {
        TaskLevel(
            number,
            "\(count) numbers from \(values.lowerBound) to \(values.upperBound), "
                + "target from \(targets.lowerBound) to \(targets.upperBound)"
        )
    }

    /// Enough bytes for every correct response, with one newline at the end.
    ///
    /// A result that combines k numbers is at most the k-th power of the largest (which is at least 2), and combining one number at a
    /// time writes the longest lines, because the sizes of partial results then are as large as they can be, 2, 3, …, n.
    var longestResponse: Int {
        func digits(_ number: Int) -> Int { String(number).count }
        var bytes = 0
        var largest = values.upperBound
        for step in 1..<count {
            let product = largest * values.upperBound
            bytes += digits(largest) + 1 + digits(values.upperBound) + 1
            bytes += digits(step == count - 1 ? targets.upperBound : product) + 1
            largest = product
        }
        return bytes
    }
}
