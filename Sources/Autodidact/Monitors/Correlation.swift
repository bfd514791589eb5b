/// Pearson's correlation of paired numbers, −1…1; nil for fewer than two pairs, or where either side does not vary.
///
/// With a side of 0 and 1 it is the point-biserial correlation. NaN in, nil out.
public func pearsonCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
    precondition(first.count == second.count, "\(first.count) numbers cannot be paired with \(second.count)")
    guard first.count > 1 else { return nil }
    let (a, b) = (deviations(of: first), deviations(of: second))
    let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    let norm = (sumOfSquares(a) * sumOfSquares(b)).squareRoot()
    return norm > 0 && product.isFinite ? min(max(product / norm, -1), 1) : nil
}

/// Spearman's rank correlation, −1…1: Pearson's of the ranks, equal numbers sharing their mean rank; nil as there.
public func spearmanCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
    guard !(first + second).contains(where: \.isNaN) else { return nil }
    return pearsonCorrelation(ranks(of: first), ranks(of: second))
}

/// The rank of each number from 1 up; equal numbers share the mean of their ranks.
func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        let end = order[start...].firstIndex { values[$0] != values[order[start]] } ?? order.count
        for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
        start = end
    }
    return ranks
}

/// Differences from the mean; exactly 0 where all are equal.
private func deviations(of values: [Double]) -> [Double] {
    guard values.contains(where: { $0 != values[0] }) else { return values.map { _ in 0 } }
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { $0 - mean }
}

private func sumOfSquares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
