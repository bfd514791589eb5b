extension EvaluationResult {
    /// The mean over problems of the share of correct samples, with its bootstrap interval over problems.
    ///
    /// Where all problems have the same share, such as none or all correct, the interval is `Bootstrap`'s bound for values that are alike.
    /// Problems of which no sample could be judged are left out; with none left nothing is known: 0 in [0, 1].
    public func meanAtK(confidence: Double = 0.95) -> Estimate {
        let share_P = outcomes.filter { $0.judged > 0 }.map(\.meanCorrect)
        return Self.mean(of: share_P, confidence: confidence)
    }

    /// The chance that at least one of `k` samples is correct: unbiased, with its bootstrap interval over problems.
    ///
    /// 1 − C(n−c, k)/C(n, k) for c correct of n judged samples (arXiv:2107.03374, eq. 1). Needs 1 ≤ k ≤ `samplesPerProblem`; problems
    /// with fewer than k judged samples are left out; with none left nothing is known: 0 in [0, 1].
    public func passAt(_ k: Int, confidence: Double = 0.95) -> Estimate {
        precondition(k >= 1 && k <= samplesPerProblem, "pass@\(k) from \(samplesPerProblem) samples of each problem")
        let pass_P = outcomes.filter { $0.judged >= k }.map { passProbability(correct: $0.correct, of: $0.judged, draws: k) }
        return Self.mean(of: pass_P, confidence: confidence)
    }

    /// The share of problems whose greedy response is correct, with Wilson's interval; unscorable ones are left out.
    public func greedyAccuracy(confidence: Double = 0.95) -> Estimate {
        let judged = outcomes.compactMap(\.greedy)
        let correct = judged.count { $0 }
        let interval = wilsonInterval(successes: correct, of: judged.count, confidence: confidence)
        let value = judged.isEmpty ? 0 : Double(correct) / Double(judged.count)
        return Estimate(value, low: interval.low, high: interval.high)
    }

    private static func mean(of value_P: [Double], confidence: Double) -> Estimate {
        guard !value_P.isEmpty else { return Estimate(0, low: 0, high: 1) }
        let interval = Bootstrap.interval(ofMean: value_P, within: 0...1, confidence: confidence)
        return Estimate(value_P.reduce(0, +) / Double(value_P.count), low: interval.low, high: interval.high)
    }
}

extension ProblemOutcome {
    /// The share of judged samples that are correct; 0 where none was judged.
    public var meanCorrect: Double { judged == 0 ? 0 : Double(correct) / Double(judged) }
}

/// The chance that `draws` of n samples, drawn without replacement, hold at least one of the c correct ones.
///
/// Product form of 1 − C(n−c, k)/C(n, k): no factorial, no overflow at any n (arXiv:2107.03374, figure 3).
package func passProbability(correct c: Int, of n: Int, draws k: Int) -> Double {
    precondition(c >= 0 && c <= n && k >= 1 && k <= n, "pass@\(k) with \(c) correct of \(n)")
    guard n - c >= k else { return 1 }
    var allWrong = 1.0
    for i in (n - c + 1)..<(n + 1) { allWrong *= 1 - Double(k) / Double(i) }
    return 1 - allWrong
}
