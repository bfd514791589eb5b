public import Autodidact

/// What a paired comparison allows to be said.
enum Conclusion: Sendable, Hashable {
    /// The interval lies above zero and the test agrees.
    case better
    /// The interval lies below zero and the test agrees.
    case worse
    /// The data do not tell.
    case notShown
    /// Nothing was promoted: the same weights stand on both sides.
    case unchanged
    /// The same, where the base solved nothing: what samples nothing right learns nothing.
    case nothingSolved

    /// What the sealed comparison of a run says, at the 5 % level.
    init(_ summary: RunSummary) {
        if summary.before.weightsHash != summary.after.weightsHash {
            self.init(summary.comparison)
        } else {
            self = summary.solvedNothing ? .nothingSolved : .unchanged
        }
    }

    /// What a comparison says, at the 5 % level.
    init(_ comparison: PairedComparison) {
        let isSignificant = comparison.pValue < 0.05
        if isSignificant && comparison.meanAtK.low > 0 {
            self = .better
        } else if isSignificant && comparison.meanAtK.high < 0 {
            self = .worse
        } else {
            self = .notShown
        }
    }

    /// Whether nothing was promoted.
    var isUnchanged: Bool { self == .unchanged || self == .nothingSolved }

    /// The conclusion in a few words.
    var headline: String {
        switch self {
        case .better: "Better on problems it had never seen"
        case .worse: "Worse on problems it had never seen"
        case .notShown: "No improvement shown"
        case .unchanged: "Unchanged: no candidate passed the gate"
        case .nothingSolved: "Unchanged: no response to these problems was judged right, and a run learns only from some that are"
        }
    }
}

extension RunSummary {
    /// Whether no sample of the base's was right on the sealed problems.
    public var solvedNothing: Bool { !(before.passAt(before.samplesPerProblem).value > 0) }
}
