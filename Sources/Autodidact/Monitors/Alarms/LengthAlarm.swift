/// Rings where responses become much longer or shorter: the mean length of held-out samples has changed by more than `factor` against the
/// incumbent's, or by more than its square against the base's.
///
/// Rewards that pay for length, either way, show in it first (arXiv:2310.03716); slow growth over a run is allowed up to the square.
public struct LengthAlarm: AlarmRule {
    let factor: Double

    /// As in records.
    public let name = "length-drift"

    /// The alarm where lengths have drifted.
    public func alarm(in reading: AlarmReading) -> Alarm? {
        let after = reading.candidate.meanTokens
        for (whose, before, limit) in [
            ("incumbent", reading.incumbent.meanTokens, factor), ("base", reading.base.meanTokens, factor * factor),
        ] {
            guard before > 0, after > limit * before || after * limit < before else { continue }
            return Alarm(
                name: name,
                finding: "held-out samples have \(after.oneDecimal) tokens on average, the \(whose)'s \(before.oneDecimal): more than a "
                    + "factor of \(limit.oneDecimal)",
                advice: "compare right and wrong responses (length/correct_minus_wrong): does the reward pay for length?")
        }
        return nil
    }
}
