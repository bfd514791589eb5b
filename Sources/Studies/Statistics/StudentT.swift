import Foundation

/// Student's t distribution with a whole number of degrees of freedom (Student 1908).
///
/// Written as the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4, which are exact: with three seeds there are two degrees
/// of freedom, where the approximations by a normal distribution are off by a factor.
public enum StudentT {
    /// The probability that a draw lies in −|t|…|t|.
    ///
    /// - Parameter degrees: From 1 up.
    public static func probability(within t: Double, degrees: Int) -> Double {
        precondition(degrees >= 1, "Student's t with \(degrees) degrees of freedom")
        let angle = atan(abs(t) / Double(degrees).squareRoot())
        let (sine, cosine) = (sin(angle), cos(angle))
        if degrees == 1 { return 2 * angle / .pi }
        // Both sums are over powers of the cosine two apart; the first power and the first factor tell odd from even degrees.
        let isOdd = !degrees.isMultiple(of: 2)
        var term = isOdd ? cosine : 1
        var sum = term
        for power in stride(from: isOdd ? 3 : 2, through: degrees - 2, by: 2) {
            term *= cosine * cosine * Double(power - 1) / Double(power)
            sum += term
        }
        return min(1, isOdd ? 2 / .pi * (angle + sine * sum) : sine * sum)
    }

    /// The t for which a draw lies in −t…t with `probability`: 4.303 at 0.95 with two degrees of freedom.
    public static func bound(within probability: Double, degrees: Int) -> Double {
        precondition(probability >= 0 && probability < 1, "no bound of probability \(probability)")
        var high = 1.0
        while Self.probability(within: high, degrees: degrees) < probability { high *= 2 }
        var low = 0.0
        for _ in 0..<200 where high - low > high * 1e-15 {
            let middle = (low + high) / 2
            if Self.probability(within: middle, degrees: degrees) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
