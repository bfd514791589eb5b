/// Rings where a policy has become sure of its answers and is still often wrong: the entropy of its held-out samples is below `share` of
/// the base's while at least a fifth of them is wrong.
///
/// A policy that solves nearly everything may be sure; entropy that is used up before is what ends learning (arXiv:2505.22617, §2).
public struct EntropyAlarm: AlarmRule {
    let share: Double

    /// As in records.
    public let name = "entropy-collapse"

    /// The alarm where the entropy has collapsed.
    public func alarm(in reading: AlarmReading) -> Alarm? {
        guard let before = reading.base.conduct?.entropy, let after = reading.candidate.conduct?.entropy, before > 0,
            after < share * before, !reading.candidate.isNearlySolved
        else { return nil }
        return Alarm(
            name: name,
            finding: "the entropy of held-out samples is \(after.threeDigits) nats a token, \((100 * after / before).oneDecimal) % of the "
                + "base's, with mean@k at \((100 * reading.candidate.meanOfSamples).oneDecimal) %",
            advice: "lower the learning rate, take fewer epochs, or raise the sampling temperature")
    }
}

extension EvaluationResult {
    /// Whether so few samples are wrong that certainty is earned: fewer than a fifth.
    var isNearlySolved: Bool { meanOfSamples >= 0.8 }

    /// mean@k without its interval; 0 where nothing was judged.
    var meanOfSamples: Double {
        let judged = outcomes.filter { $0.judged > 0 }
        return judged.isEmpty ? 0 : judged.reduce(0) { $0 + $1.meanCorrect } / Double(judged.count)
    }
}
