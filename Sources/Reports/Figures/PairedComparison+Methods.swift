public import Autodidact

extension PairedComparison {
    /// Said where interval and p-value disagree about 0 at the 5 % level; nil where they do not.
    var disagreement: String? { disagrees ? Self.twoMethods + ": take it as not shown" : nil }

    fileprivate var disagrees: Bool {
        let liesBesideZero = meanAtK.low > 0 || meanAtK.high < 0
        return pValue.isFinite && (pValue < 0.05) != liesBesideZero
    }

    fileprivate static let twoMethods = "interval (bootstrap) and p (sign-flip test) are two methods, and disagree about 0 here"
}

extension GateDecision {
    /// The reason for people, with a note where its interval and its p-value disagree about 0.
    public var explanation: String {
        comparison.disagrees ? "\(reason); note: \(PairedComparison.twoMethods), and the gate goes by p" : reason
    }
}
