/// Two evaluations of the same problems, joined problem by problem: what every paired test reads.
package struct PairedOutcomes: Sendable, Hashable {
    /// [P], candidate − incumbent mean@k, of the problems of which both judged a sample.
    package let difference_P: [Double]
    /// The incumbent's mean@k over those problems.
    package let incumbentMean: Double
    /// The candidate's mean@k over those problems.
    package let candidateMean: Double
    /// Problems whose greedy response both evaluations could judge.
    package let greedyCompared: Int
    /// How many of those became correct.
    package let won: Int
    /// How many of those became wrong.
    package let lost: Int
    /// Whether both evaluations are of the same weights.
    package let areSameWeights: Bool

    /// Joins two evaluations of one list of problems.
    ///
    /// - Throws: `differentConditions`, `differentProblems` at the first difference, `nothingJudged` where no pair is left.
    package init(incumbent: EvaluationResult, candidate: EvaluationResult) throws(ComparisonError) {
        try Self.requireSame(incumbent, candidate)
        let pairs = zip(incumbent.outcomes, candidate.outcomes)
        let judged = pairs.filter { $0.judged > 0 && $1.judged > 0 }.map { ($0.meanCorrect, $1.meanCorrect) }
        guard !judged.isEmpty else { throw .nothingJudged }
        let greedy = pairs.compactMap { before, after in before.greedy.flatMap { old in after.greedy.map { new in (old, new) } } }
        difference_P = judged.map { $0.1 - $0.0 }
        incumbentMean = judged.reduce(0) { $0 + $1.0 } / Double(judged.count)
        candidateMean = judged.reduce(0) { $0 + $1.1 } / Double(judged.count)
        greedyCompared = greedy.count
        won = greedy.count { !$0.0 && $0.1 }
        lost = greedy.count { $0.0 && !$0.1 }
        areSameWeights = incumbent.weightsHash == candidate.weightsHash
    }

    /// The mean of the differences.
    package var meanDifference: Double { difference_P.reduce(0, +) / Double(difference_P.count) }

    /// Refuses evaluations that cannot be compared problem by problem.
    package static func requireSame(_ a: EvaluationResult, _ b: EvaluationResult) throws(ComparisonError) {
        try requireSameConditions(a, b)
        try requireSameProblems(a.outcomes, b.outcomes)
    }

    private static func requireSameConditions(_ a: EvaluationResult, _ b: EvaluationResult) throws(ComparisonError) {
        let conditions = [
            ("split", a.split.rawValue, b.split.rawValue),
            ("samples for each problem", "\(a.samplesPerProblem)", "\(b.samplesPerProblem)"),
            ("temperature", "\(a.temperature)", "\(b.temperature)"),
        ]
        for (what, incumbent, candidate) in conditions where incumbent != candidate {
            throw .differentConditions(what: what, incumbent: incumbent, candidate: candidate)
        }
    }

    private static func requireSameProblems(_ a: [ProblemOutcome], _ b: [ProblemOutcome]) throws(ComparisonError) {
        for index in 0..<max(a.count, b.count) {
            let incumbent = index < a.count ? a[index].problem : nil
            let candidate = index < b.count ? b[index].problem : nil
            if incumbent != candidate { throw .differentProblems(index: index, incumbent: incumbent, candidate: candidate) }
        }
    }
}
