import Autodidact

/// The three figures of an evaluation, with their intervals: computed once, shown in several places.
struct Scores: Sendable, Hashable {
    /// Samples for each problem.
    let k: Int
    /// Problems.
    let n: Int
    /// The mean share of correct samples.
    let meanAtK: Estimate
    /// The chance that one of k samples is correct.
    let passAtK: Estimate
    /// The share of problems whose greedy response is correct.
    let greedy: Estimate

    /// The figures of an evaluation.
    ///
    /// Without samples mean@k and pass@k are unknown: 0 in [0, 1].
    init(_ result: EvaluationResult) {
        let unknown = Estimate(0, low: 0, high: 1)
        k = result.samplesPerProblem
        n = result.outcomes.count
        meanAtK = k > 0 ? result.meanAtK() : unknown
        passAtK = k > 0 ? result.passAt(k) : unknown
        greedy = result.greedyAccuracy()
    }

    /// The figures in the order they are shown, with their names.
    var named: [(name: String, estimate: Estimate)] {
        [("mean@\(k)", meanAtK), ("pass@\(k)", passAtK), ("greedy", greedy)]
    }
}
