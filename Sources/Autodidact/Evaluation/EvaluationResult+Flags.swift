extension EvaluationResult {
    /// Responses to each problem: its samples and the greedy one.
    package var responsesPerProblem: Int { samplesPerProblem + 1 }

    /// [P], the share of each problem's responses that a probe flagged, 0…1; nil where it did not look.
    ///
    /// Where an earlier version recorded only how many they were, they count as spread evenly over the problems.
    package func flaggedShares(by probe: String) -> [Double]? {
        guard let share = conduct?.share(of: probe) else { return nil }
        let count_P = outcomes.map { $0.flagged[probe] ?? 0 }
        guard count_P.reduce(0, +) == conduct?.flagged[probe] else { return outcomes.map { _ in share } }
        return count_P.map { Double($0) / Double(responsesPerProblem) }
    }
}
