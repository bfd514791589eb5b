import Autodidact

extension StudyCriterion {
    /// An arm has more of a figure than another by over `margin`, beyond chance: the whole 95 % interval of the difference, paired by
    /// seed, lies above it.
    public static func exceeds(
        _ name: String, _ arm: String, over other: String, on measurement: String, by margin: Double = 0, weight: Weight
    ) -> StudyCriterion {
        let text =
            "'\(arm)' exceeds '\(other)' in \(measurement)" + (margin == 0 ? "" : " by more than \(margin)")
            + " (95 % interval of the difference paired by seed lies above \(margin == 0 ? "0" : "\(margin)"))"
        return StudyCriterion(name, text, weight: weight) { (results) throws(StudyError) in
            let difference = try results.difference(measurement, of: arm, minus: other).estimate
            return (difference.low > margin, try figures(measurement, arm, other, difference, results))
        }
    }

    /// An arm is not shown to have less of a figure than another, and on average lacks at most `margin`.
    ///
    /// With few seeds the interval is wide, so this says "within noise", not "equal"; where that matters, ask for `matches`.
    public static func holdsUp(
        _ name: String, _ arm: String, against other: String, on measurement: String, within margin: Double, weight: Weight
    ) -> StudyCriterion {
        let text =
            "'\(arm)' is not shown to be below '\(other)' in \(measurement), and on average lacks at most \(margin)"
        return StudyCriterion(name, text, weight: weight) { (results) throws(StudyError) in
            let difference = try results.difference(measurement, of: arm, minus: other).estimate
            return (difference.high >= 0 && difference.value >= -margin, try figures(measurement, arm, other, difference, results))
        }
    }

    /// Two arms have the same of a figure, shown: the whole 95 % interval of the difference lies within ±`margin`.
    public static func matches(
        _ name: String, _ arm: String, _ other: String, on measurement: String, within margin: Double, weight: Weight
    ) -> StudyCriterion {
        let text =
            "'\(arm)' and '\(other)' match in \(measurement) (95 % interval of the difference paired by seed lies within ±\(margin))"
        return StudyCriterion(name, text, weight: weight) { (results) throws(StudyError) in
            let difference = try results.difference(measurement, of: arm, minus: other).estimate
            return (difference.low >= -margin && difference.high <= margin, try figures(measurement, arm, other, difference, results))
        }
    }

    /// Every arm with an equal budget sampled, on average, within 10 % of as many training tokens as each other one.
    static func equalTokens(_ arms: [StudyArm]) -> StudyCriterion {
        let names = arms.filter { $0.budget == .equal }.map(\.name)
        return StudyCriterion(
            "equal tokens", "the arms with an equal budget sampled equally many tokens for their training, within 10 %", weight: .required
        ) { (results) throws(StudyError) in
            var figures: [StudyFigure] = []
            for name in names {
                let tokens = try results.sampledTokens(of: name)
                figures.append(StudyFigure(name, Double(tokens.reduce(0, +)) / Double(tokens.count)))
            }
            let (fewest, most) = (figures.map(\.estimate).min() ?? 0, figures.map(\.estimate).max() ?? 0)
            return (most <= fewest * 1.1, figures)
        }
    }

    private static func figures(
        _ measurement: String, _ arm: String, _ other: String, _ difference: Estimate, _ results: StudyResults
    ) throws(StudyError) -> [StudyFigure] {
        [
            StudyFigure("\(arm) − \(other)", difference), StudyFigure(arm, try results.estimate(measurement, of: arm)),
            StudyFigure(other, try results.estimate(measurement, of: other)),
        ]
    }
}

extension StudyCriterion {
    /// An arm's figure is above `margin`, beyond chance: its whole 95 % interval over seeds lies above it.
    public static func isPositive(
        _ name: String, _ arm: String, on measurement: String, above margin: Double = 0, weight: Weight
    ) -> StudyCriterion {
        let text = "\(measurement) of '\(arm)' is above \(margin) (95 % interval over seeds)"
        return StudyCriterion(name, text, weight: weight) { (results) throws(StudyError) in
            let estimate = try results.estimate(measurement, of: arm)
            return (estimate.low > margin, [StudyFigure(arm, estimate)])
        }
    }

    /// An arm's figure is not shown to be above 0: its 95 % interval over seeds reaches down to 0 or lies below.
    public static func isNotPositive(_ name: String, _ arm: String, on measurement: String, weight: Weight) -> StudyCriterion {
        StudyCriterion(name, "\(measurement) of '\(arm)' is not shown to be above 0 (95 % interval over seeds)", weight: weight) {
            (results) throws(StudyError) in
            let estimate = try results.estimate(measurement, of: arm)
            return (estimate.low <= 0, [StudyFigure(arm, estimate)])
        }
    }
}
