import Randomness

/// A play of the game: two numbers are replaced by a legal result until one number is left.
///
/// All numbers are used, all steps true.
struct Derivation: Sendable {
    private var left = SIMD8<Int32>()
    private var right = SIMD8<Int32>()
    private var result = SIMD8<Int32>()
    private var sign = SIMD8<UInt8>()
    private(set) var count = 0

    /// A random play: uniform pairs, then a uniform choice among the legal operators.
    ///
    /// The larger number is written first.
    ///
    /// Results stay at or below `CountdownLevel.largestIntermediate` wherever the numbers do; there always is a legal operator, since
    /// different numbers can be subtracted and equal ones divided.
    init(playing numbers: NumberPool, using generator: inout KeyedGenerator) {
        var pool = numbers
        while pool.count > 1 {
            let (first, second) = (pool.draw(using: &generator), pool.draw(using: &generator))
            let (high, low) = (max(first, second), min(first, second))
            let (operation, value) = Self.move(high, low, using: &generator)
            left[count] = Int32(truncatingIfNeeded: high)
            right[count] = Int32(truncatingIfNeeded: low)
            result[count] = Int32(truncatingIfNeeded: value)
            sign[count] = operation.rawValue
            count += 1
            pool.append(value)
        }
    }

    /// The first of up to `tries` random plays that ends at the target, or else the first of those that end nearest to it.
    init(toward target: Int, playing numbers: NumberPool, tries: Int, using generator: inout KeyedGenerator) {
        var best = Derivation(playing: numbers, using: &generator)
        for _ in 1..<max(1, tries) where best.end != target {
            let other = Derivation(playing: numbers, using: &generator)
            if abs(other.end - target) < abs(best.end - target) { best = other }
        }
        self = best
    }

    /// What the last step gives.
    var end: Int { count > 0 ? Int(result[count - 1]) : 0 }

    /// The steps in the order in which they were played.
    var steps: [WrittenStep] {
        (0..<count).map { index in
            WrittenStep(
                Int(left[index]), Operation(rawValue: sign[index]) ?? .plus, Int(right[index]), gives: Int(result[index])
            )
        }
    }

    /// The steps as a response.
    var response: String { ResponseText.response(steps) }

    private static func move(_ high: Int, _ low: Int, using generator: inout KeyedGenerator) -> (Operation, Int) {
        let limit = CountdownLevel.largestIntermediate
        let (sum, product) = (high + low, high * low)
        let (mayAdd, maySubtract) = (sum <= limit, high > low)
        let (mayMultiply, mayDivide) = (product <= limit, high % low == 0)
        var choice = generator.index(
            below: (mayAdd ? 1 : 0) + (maySubtract ? 1 : 0) + (mayMultiply ? 1 : 0) + (mayDivide ? 1 : 0)
        )
        if mayAdd {
            if choice == 0 { return (.plus, sum) }
            choice -= 1
        }
        if maySubtract {
            if choice == 0 { return (.minus, high - low) }
            choice -= 1
        }
        if mayMultiply && choice == 0 { return (.times, product) }
        return (.over, high / low)
    }
}
