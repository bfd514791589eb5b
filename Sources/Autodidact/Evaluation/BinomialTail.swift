import Foundation

/// P(X ≥ k) for X ~ Bin(n, chance), summed in log space; 1 for k = 0.
package func binomialTail(_ k: Int, of n: Int, chance: Double) -> Double {
    precondition(k >= 0 && k <= n && chance >= 0 && chance <= 1, "\(k) of \(n) at chance \(chance)")
    guard k > 0 else { return 1 }
    guard chance > 0 else { return 0 }
    guard chance < 1 else { return 1 }
    var logTerm = Double(n) * log(1 - chance)
    var logTerms: [Double] = []
    for i in 0...n {
        if i >= k { logTerms.append(logTerm) }
        logTerm += log(Double(n - i) / Double(i + 1)) + log(chance / (1 - chance))
    }
    let largest = logTerms.max() ?? 0
    return min(1, exp(largest) * logTerms.reduce(0) { $0 + exp($1 - largest) })
}
