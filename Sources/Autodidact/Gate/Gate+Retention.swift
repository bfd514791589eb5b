extension Gate {
    /// One question for each protected task: whether the candidate is worse on it than the incumbent, or than the base.
    ///
    /// Refused where the exact one-sided sign-flip test shows a loss in mean@k of more than `retention.margin`. The base is asked as well,
    /// so that losses too small to be seen in one generation do not add up unseen. The level is `retention.level` divided by the number
    /// of tests of this look (Bonferroni), so a candidate that has lost nothing is refused with a chance of at most that level at each
    /// look; as with greedy answers the error is not spent over looks, because a false alarm costs one candidate and a miss a skill.
    /// Retention can only refuse, so it cannot make a false promotion more likely.
    ///
    /// - Throws: `ComparisonError` where not all of them were evaluated on the same tasks and problems.
    func skillChecks(
        base: EvaluationResult, incumbent: EvaluationResult, candidate: EvaluationResult
    ) throws(ComparisonError) -> [GateCheck] {
        let opponents =
            base.weightsHash == incumbent.weightsHash ? [("the incumbent", incumbent)] : [("the incumbent", incumbent), ("the base", base)]
        for (_, opponent) in opponents { try Self.requireSameSkills(opponent, candidate) }
        let level = retentionLevel(tests: opponents.count * candidate.skills.count)
        var checks: [GateCheck] = []
        for (index, skill) in candidate.skills.enumerated() {
            for (who, opponent) in opponents {
                let pairs = try PairedOutcomes(incumbent: opponent.skills[index].result, candidate: skill.result)
                let p = retentionP(pairs.difference_P)
                checks.append(
                    GateCheck(
                        stage: .retention, name: skill.name, isPassed: p > level,
                        finding: finding(skill.name, against: who, pairs, p: p, level: level, k: skill.result.samplesPerProblem)))
            }
        }
        return checks
    }

    /// The level of each of so many tests at one look.
    package func retentionLevel(tests: Int) -> Double { retention.level / Double(max(1, tests)) }

    /// One-sided, small where the candidate has lost more than the margin; `difference_P`: [P], candidate − opponent.
    package func retentionP(_ difference_P: [Double]) -> Double {
        SignFlipTest.pGreater(difference_P.map { -$0 - retention.margin })
    }

    private func finding(_ skill: String, against who: String, _ pairs: PairedOutcomes, p: Double, level: Double, k: Int) -> String {
        let margin = retention.margin > 0 ? " for a loss of more than \(points(retention.margin)) points" : ""
        return (p > level ? "keeps protected task '\(skill)': " : "loses protected task '\(skill)': ")
            + "mean@\(k) \(points(pairs.incumbentMean)) % of \(who) → \(points(pairs.candidateMean)) % on \(pairs.difference_P.count) "
            + "problems, one-sided p = \(probability(p))\(margin) at level \(probability(level))"
    }

    private static func requireSameSkills(_ incumbent: EvaluationResult, _ candidate: EvaluationResult) throws(ComparisonError) {
        let (before, after) = (incumbent.skills.map(\.name), candidate.skills.map(\.name))
        guard before != after else { return }
        throw .differentConditions(
            what: "protected tasks", incumbent: before.joined(separator: ","), candidate: after.joined(separator: ","))
    }
}
