/// A mean that is built up token by token; 0 as long as nothing was added.
struct RunningMean {
    private var sum = 0.0
    private var count = 0

    /// The mean of what was added.
    var value: Double { count == 0 ? 0 : sum / Double(count) }

    /// The mean of what was added; nil as long as nothing was.
    var known: Double? { isEmpty ? nil : value }

    /// Whether nothing was added.
    var isEmpty: Bool { count == 0 }

    /// Takes one more value.
    mutating func add(_ value: Double) {
        sum += value
        count += 1
    }

    /// Takes 1 where the condition holds and 0 where not, so that the mean is a share.
    mutating func add(_ condition: Bool) {
        add(condition ? 1 : 0)
    }
}
