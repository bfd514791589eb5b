import Foundation

/// Wilson's score interval of a proportion (1927): holds its level near 0 and 1 and at small counts, where the normal one fails.
package func wilsonInterval(successes: Int, of trials: Int, confidence: Double = 0.95) -> (low: Double, high: Double) {
    precondition(successes >= 0 && successes <= trials, "\(successes) successes of \(trials) trials")
    guard trials > 0 else { return (0, 1) }
    let n = Double(trials)
    let share = Double(successes) / n
    let z = normalQuantile(1 - (1 - confidence) / 2)
    let scale = 1 / (1 + z * z / n)
    let middle = scale * (share + z * z / (2 * n))
    let half = scale * z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // The ends meet 0 and 1 exactly there; rounding must not step over.
    return (successes == 0 ? 0 : max(0, middle - half), successes == trials ? 1 : min(1, middle + half))
}

/// The value below which a standard normal draw falls with `probability`, by bisection of the error function.
package func normalQuantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "no normal quantile at \(probability)")
    var low = -40.0
    var high = 40.0
    for _ in 0..<100 {
        let middle = (low + high) / 2
        if erfc(-middle / 2.0.squareRoot()) / 2 < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
}
