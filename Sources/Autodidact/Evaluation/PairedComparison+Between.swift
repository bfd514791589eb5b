extension PairedComparison {
    /// Compares two evaluations of the same problems in the same order.
    ///
    /// The interval is the 95 % percentile bootstrap over problems of the mean difference, or the bound for differences that are all alike,
    /// which is no width only where both sides are the same weights; `pValue` counts all sign flips of the
    /// differences (exact, so no correction for random flips is needed); `mcNemarP` is the exact binomial. Problems that one side
    /// could not judge are left out of the part concerned, and `n` counts those in the mean@k difference.
    ///
    /// - Throws: `ComparisonError` where lists or conditions differ, or where nothing is left to compare.
    public static func between(
        incumbent: EvaluationResult, candidate: EvaluationResult
    ) throws(ComparisonError) -> PairedComparison {
        PairedComparison(try PairedOutcomes(incumbent: incumbent, candidate: candidate))
    }

    /// The comparison of outcomes that are joined already.
    package init(_ pairs: PairedOutcomes) {
        // Equal weights differ on no problem whatever; that other weights never did is no proof that they never would.
        let interval =
            pairs.areSameWeights
            ? Bootstrap.interval(ofMean: pairs.difference_P) : Bootstrap.interval(ofMean: pairs.difference_P, within: -1...1)
        self.init(
            n: pairs.difference_P.count,
            meanAtK: Estimate(pairs.meanDifference, low: interval.low, high: interval.high),
            pValue: SignFlipTest.pTwoSided(pairs.difference_P),
            greedyDifference: pairs.greedyCompared == 0 ? 0 : Double(pairs.won - pairs.lost) / Double(pairs.greedyCompared),
            won: pairs.won,
            lost: pairs.lost,
            mcNemarP: McNemarTest.pTwoSided(won: pairs.won, lost: pairs.lost)
        )
    }
}
