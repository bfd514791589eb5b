/// How well stated probabilities of being right agree with what was right.
///
/// Pairs of a probability, 0…1, and whether the response was correct. Take the probability from a P(yes) probe, a vote's agreement or a
/// critic; the truth from a verifier, for the record alone where a method claims to do without one (arXiv:2207.05221, §2).
public struct Certainty: Sendable, Hashable {
    /// The stated probabilities.
    public let probabilities: [Double]
    /// Whether each was correct.
    public let truths: [Bool]

    /// Pairs of probability and truth.
    public init(probabilities: [Double], truths: [Bool]) {
        precondition(probabilities.count == truths.count, "\(probabilities.count) probabilities for \(truths.count) truths")
        precondition(probabilities.allSatisfy { (0...1).contains($0) }, "probabilities must lie in 0...1")
        self.probabilities = probabilities
        self.truths = truths
    }

    /// The expected calibration error over bins of equal width, 0…1; nil without pairs.
    ///
    /// The mean over bins of |share correct − mean probability|, weighted by how many pairs fall into a bin (arXiv:1706.04599, eq. 3). The
    /// last bin holds 1.
    public func calibrationError(bins: Int = 10) -> Double? {
        precondition(bins > 0, "\(bins) bins")
        guard !truths.isEmpty else { return nil }
        // Of each bin the sum of truth − probability.
        var excess = [Double](repeating: 0, count: bins)
        for (probability, truth) in zip(probabilities, truths) {
            excess[min(Int(probability * Double(bins)), bins - 1)] += (truth ? 1 : 0) - probability
        }
        return excess.reduce(0) { $0 + abs($1) } / Double(truths.count)
    }

    /// The mean squared difference of probability and truth, 0…1 (Brier 1950); nil without pairs.
    public var brier: Double? {
        truths.isEmpty
            ? nil
            : zip(probabilities, truths).reduce(0) { $0 + ($1.0 - ($1.1 ? 1 : 0)) * ($1.0 - ($1.1 ? 1 : 0)) } / Double(truths.count)
    }

    /// The area under the ROC curve: `areaUnderROC` of the probabilities.
    public var auroc: Double? { areaUnderROC(probabilities, truths: truths) }

    /// What is known of all this, by name: `docs/METRICS.md`.
    public var metrics: [String: Double] {
        ["certainty/ece": calibrationError(), "certainty/brier": brier, "certainty/auroc": auroc].compactMapValues(\.self)
    }
}

/// The chance that a correct response has a higher number than a wrong one, equal ones counted half; nil without both kinds.
///
/// Mann and Whitney's statistic by ranks; 0.5 says that the numbers know nothing. Any scale will do.
public func areaUnderROC(_ values: [Double], truths: [Bool]) -> Double? {
    precondition(values.count == truths.count, "\(values.count) numbers for \(truths.count) truths")
    let positives = truths.count { $0 }
    let negatives = truths.count - positives
    guard positives > 0 && negatives > 0 && !values.contains(where: \.isNaN) else { return nil }
    let rankSum = zip(ranks(of: values), truths).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    let least = Double(positives) * Double(positives + 1) / 2
    return (rankSum - least) / (Double(positives) * Double(negatives))
}
