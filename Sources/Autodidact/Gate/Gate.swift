/// The one place that decides whether a candidate replaces the incumbent.
///
/// Three kinds of questions in this order, and the first that fails gives the reason: safety (`Gate+Safety`), protected skills
/// (`Gate+Retention`), and the target, a paired test on the task's own held-out problems.
///
/// **Target.** Passed iff (1) the lower end of the one-sided interval of the mean@k difference, at the level of this look, lies above
/// `minimumImprovement`, and (2) greedy accuracy is not significantly worse (exact one-sided McNemar).
///
/// **Interval.** That of (1) is the one that belongs to the sign-flip test: its lower end exceeds m exactly where the test of
/// "difference ≤ m" rejects, so the p-value decides. It is exact for noise, also for the sparse differences of nearly solved tasks,
/// and at any level. A percentile bootstrap has too few resamples in so small a tail, and a normal approximation is too bold where
/// few problems differ; the 95 % bootstrap interval is reported beside it for people.
///
/// **Looks.** The same problems are read every generation, so the error is spent: look g is tested at α·6/(π²g²), α = 1 − confidence.
/// Those levels sum to α over any number of looks, so by the union bound the chance of any false promotion in a run is at most α,
/// whatever the looks have in common, and the number of generations need not be known. The greedy check is not spent: there a
/// false alarm costs one candidate, a miss costs the incumbent.
public struct Gate: Sendable, Hashable {
    /// When a candidate may replace the incumbent.
    public let settings: GateSettings
    /// What of its other skills it must keep.
    public let retention: RetentionSettings
    /// What it must not show more often than the base.
    public let safety: SafetySettings

    /// A gate with these settings.
    public init(
        settings: GateSettings = GateSettings(), retention: RetentionSettings = RetentionSettings(),
        safety: SafetySettings = SafetySettings()
    ) {
        self.settings = settings
        self.retention = retention
        self.safety = safety
    }

    /// The level at which look `look`, from 1 up, is tested.
    public func level(ofLook look: Int) -> Double {
        precondition(look >= 1, "looks count from 1, not \(look)")
        let g = Double(look)
        return (1 - settings.confidence) * 6 / (Double.pi * Double.pi * g * g)
    }

    /// The fewest problems with which a candidate can be promoted at a look: all must improve, which noise does with chance 2⁻ᴾ.
    public func fewestProblems(atLook look: Int) -> Int {
        let level = level(ofLook: look)
        var problems = 1
        var chance = 0.5
        while chance > level {
            chance /= 2
            problems += 1
        }
        return problems
    }

    /// Compares two evaluations of the held-out problems at look `look`, from 1 up: the generation's number.
    ///
    /// - Parameters:
    ///   - base: The model that the run began with, on the same problems; the incumbent where it is not given.
    ///   - concerns: Answers to what else is asked for safety: alarms, an audit.
    /// - Throws: `ComparisonError` where the evaluations are not of the same problems under the same conditions.
    public func decide(
        incumbent: EvaluationResult, candidate: EvaluationResult, base: EvaluationResult? = nil, concerns: [GateCheck] = [], look: Int
    ) throws(ComparisonError) -> GateDecision {
        let base = base ?? incumbent
        let pairs = try PairedOutcomes(incumbent: incumbent, candidate: candidate)
        let evidence = weigh(pairs.difference_P, won: pairs.won, lost: pairs.lost, look: look)
        let comparison = PairedComparison(pairs)
        let target = GateCheck(
            stage: .target, name: "target", isPassed: evidence.isPromotion,
            finding: finding(evidence, pairs: pairs, comparison: comparison, samplesPerProblem: candidate.samplesPerProblem))
        let skills = try skillChecks(base: base, incumbent: incumbent, candidate: candidate)
        let checks = try probeChecks(base: base, candidate: candidate) + concerns + skills + [target]
        let isPassed = checks.allSatisfy(\.isPassed)
        return GateDecision(
            outcome: isPassed || !settings.enabled ? .promoted : .rolledBack, reason: reason(checks, target: target),
            comparison: comparison, checks: checks)
    }

    /// The figures that decide, without the ones that are only reported.
    ///
    /// `difference_P`: [P], candidate − incumbent.
    package func weigh(_ difference_P: [Double], won: Int, lost: Int, look: Int) -> GateEvidence {
        GateEvidence(
            look: look,
            level: level(ofLook: look),
            pValue: SignFlipTest.pGreater(difference_P.map { $0 - settings.minimumImprovement }),
            greedyP: McNemarTest.pWorse(won: won, lost: lost),
            greedyLevel: settings.greedyLevel
        )
    }
}

/// The figures that a gate decides by.
package struct GateEvidence: Sendable, Hashable {
    /// Which look it is, from 1 up.
    package let look: Int
    /// What `pValue` must not exceed.
    package let level: Double
    /// One-sided: of a difference as large as seen if the candidate were not better than the incumbent by the minimum.
    package let pValue: Double
    /// One-sided: of as many greedy losses as seen if the candidate were not worse.
    package let greedyP: Double
    /// What `greedyP` must reach.
    package let greedyLevel: Double

    /// Whether the improvement is significant at this look.
    package var isBetter: Bool { pValue <= level }
    /// Whether greedy accuracy is significantly worse.
    package var isGreedyWorse: Bool { greedyP < greedyLevel }
    /// Whether the candidate replaces the incumbent.
    package var isPromotion: Bool { isBetter && !isGreedyWorse }
}
