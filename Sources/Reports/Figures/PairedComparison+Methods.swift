import Autodidact

extension PairedComparison {
    /// Said where interval and p-value disagree about 0 at the 5 % level; nil where they do not.
    var disagreement: String? {
        let liesBesideZero = meanAtK.low > 0 || meanAtK.high < 0
        guard pValue.isFinite, (pValue < 0.05) != liesBesideZero else { return nil }
        return "interval (bootstrap) and p (sign-flip test) are two methods, and disagree about 0 here: take it as not shown"
    }
}
