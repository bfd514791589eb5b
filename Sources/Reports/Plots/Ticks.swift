import Foundation

/// Round numbers at equal steps of 1, 2, 2.5 or 5 times a power of ten, from at or below `low` to at or above `high`.
///
/// A range of no width is widened, one that is not a range of numbers becomes 0...1; the result has at least two ticks.
func niceTicks(from low: Double, to high: Double, about count: Int = 5) -> [Double] {
    // The doubled range too must be a number: ticks lie around the limits.
    guard (2 * (high - low)).isFinite && (2 * low).isFinite && (2 * high).isFinite && low <= high && count > 0 else {
        return niceTicks(from: 0, to: 1)
    }
    let least = max(abs(low), abs(high), 1e-12) * 1e-9
    guard high - low > least else {
        let margin = low == 0 ? 0.5 : abs(low) / 2
        return niceTicks(from: low - margin, to: high + margin, about: count)
    }
    let step = niceStep((high - low) / Double(count))
    // The slack keeps a limit that is a tick up to rounding from gaining a step.
    let first = (low / step + 1e-9).rounded(.down)
    let last = (high / step - 1e-9).rounded(.up)
    return stride(from: first, through: last, by: 1).map { $0 * step }
}

/// As `niceTicks`, in whole numbers that do not leave the range: for counts such as generations.
func wholeTicks(from low: Int, to high: Int, about count: Int = 10) -> [Int] {
    guard low < high else { return [low] }
    let step = max(1, Int(niceStep(Double(high - low) / Double(count)).rounded(.up)))
    return Array(stride(from: (low + step - 1) / step * step, through: high, by: step))
}

private func niceStep(_ rough: Double) -> Double {
    let magnitude = pow(10, log10(rough).rounded(.down))
    let factor = [1, 2, 2.5, 5].first { $0 * magnitude >= rough * (1 - 1e-9) } ?? 10
    return factor * magnitude
}

/// Decimals that tell neighbouring ticks apart.
func decimals(for ticks: [Double]) -> Int {
    guard ticks.count > 1 else { return 0 }
    let step = ticks[1] - ticks[0]
    return (0...6).first { abs((step * pow(10, Double($0))).remainder(dividingBy: 1)) < 1e-6 } ?? 6
}
