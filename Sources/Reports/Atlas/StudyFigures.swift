import Autodidact
import Studies

extension StudyQuantity {
    /// A value as the quantity is written: `41.2 %`, or a plain number.
    func text(_ value: Double) -> String { unit == .share ? Figures.percent(value) : Figures.plain(value) }

    /// An interval as the quantity is written.
    func interval(_ low: Double, _ high: Double) -> String {
        unit == .share ? Figures.interval(Estimate(0, low: low, high: high)) : "[\(Figures.plain(low)), \(Figures.plain(high))]"
    }

    /// A value for an axis.
    func tick(_ value: Double, among ticks: [Double]) -> String {
        unit == .share
            ? Figures.fixed(value * 100, decimals(for: ticks.map { $0 * 100 })) + " %" : Figures.fixed(value, decimals(for: ticks))
    }
}

extension StudyFigure {
    /// The figure with its interval, if it has one: `nft − rft 0.031 [0.012, 0.05]`.
    var text: String {
        let value = abs(estimate) >= 10_000 ? Figures.count(estimate) : Figures.plain(estimate)
        guard let low, let high else { return "\(name) \(value)" }
        return "\(name) \(value) [\(Figures.plain(low)), \(Figures.plain(high))]"
    }
}

extension StudyRecord {
    /// Whether its figures may be judged; the quick form shows only that every part works, so nothing of it is.
    var isJudged: Bool { scale == .full }

    /// What came out, in a word or two.
    var outcome: String { isJudged ? verdict.rawValue : "quick form" }

    /// An arm's figure, with its interval where it may be judged.
    func figure(of arm: StudyArmRecord) -> String {
        quantity.text(arm.estimate) + (isJudged ? " " + quantity.interval(arm.low, arm.high) : "")
    }

    /// Tokens of all arms and seeds.
    var tokens: StudyTokens {
        arms.flatMap(\.tokens).reduce(into: StudyTokens()) {
            $0.sampled += $1.sampled
            $0.trained += $1.trained
            $0.evaluated += $1.evaluated
        }
    }

    /// Wall seconds of all arms and seeds.
    var measuredSeconds: Double { arms.flatMap(\.measuredSeconds).reduce(0, +) }
}

extension StudyArmRecord {
    /// The training tokens sampled for one seed, on average.
    var meanSampledTokens: Double { tokens.isEmpty ? 0 : Double(tokens.reduce(0) { $0 + $1.sampled }) / Double(tokens.count) }
}
