import Foundation

extension Gate {
    /// One sentence with the figures that decided, for people and for the run's record: what refused first, and always the target.
    func reason(_ checks: [GateCheck], target: GateCheck) -> String {
        let refusal = checks.first { !$0.isPassed && $0 != target }
        let decided = (refusal.map { $0.finding + "; " } ?? "") + target.finding
        guard !settings.enabled else { return decided }
        return "kept without a gate, which would have \(checks.allSatisfy(\.isPassed) ? "promoted" : "refused") it: " + decided
    }

    /// What the target's own problems say.
    func finding(_ evidence: GateEvidence, pairs: PairedOutcomes, comparison: PairedComparison, samplesPerProblem k: Int) -> String {
        let difference = comparison.meanAtK
        let threshold = settings.minimumImprovement > 0 ? " for more than +\(points(settings.minimumImprovement)) points" : ""
        return verdict(evidence)
            + "mean@\(k) \(points(pairs.incumbentMean)) % → \(points(pairs.candidateMean)) %, "
            + "difference \(difference.value < 0 ? "" : "+")\(points(difference.value)) points "
            + "[\(points(difference.low)), \(points(difference.high))] on \(counted(comparison.n, "problem")), "
            + "one-sided p = \(probability(evidence.pValue))\(threshold) at level \(probability(evidence.level)) of look \(evidence.look); "
            + "greedy \(comparison.won) won, \(comparison.lost) lost"
            + (evidence.isGreedyWorse ? ", p = \(probability(evidence.greedyP)) at level \(probability(evidence.greedyLevel))" : "")
    }

    private func verdict(_ evidence: GateEvidence) -> String {
        switch (evidence.isBetter, evidence.isGreedyWorse) {
        case (true, false): "better: "
        case (false, false): "not shown to be better: "
        case (true, true): "better in samples but worse in greedy answers: "
        case (false, true): "not shown to be better, and worse in greedy answers: "
        }
    }

    /// A share in percent with one decimal and a typographic minus, as in the reports.
    func points(_ share: Double) -> String {
        let text = String(format: "%.1f", share * 100)
        return text == "-0.0" ? "0.0" : text.replacing("-", with: "−")
    }

    /// Two significant digits; small ones as 1.2e−5.
    func probability(_ p: Double) -> String {
        guard p > 0 && p < 0.001 else { return String(format: "%.2g", p) }
        let exponent = Int(log10(p).rounded(.down))
        return String(format: "%.1fe−%d", p / pow(10, Double(exponent)), -exponent)
    }
}
