public import Autodidact

/// What `autodidact eval --json` prints.
///
/// Scripts rely on the names; others may be added.
public struct EvalResultJSON: Sendable, Hashable, Codable {
    /// The model as it was named.
    public let model: String
    /// The task's slug.
    public let task: String
    /// Problems evaluated.
    public let n: Int
    /// Samples for each problem.
    public let k: Int
    /// The mean share of correct samples: `value`, `low`, `high`.
    public let meanAtK: Estimate
    /// The chance that at least one of k samples is correct.
    public let passAtK: Estimate
    /// The share of problems whose greedy response is correct.
    public let greedy: Estimate

    /// The result of an evaluation.
    public init(model: String, task: String, result: EvaluationResult) {
        let scores = Scores(result)
        self.model = model
        self.task = task
        n = scores.n
        k = scores.k
        meanAtK = scores.meanAtK
        passAtK = scores.passAtK
        greedy = scores.greedy
    }
}
