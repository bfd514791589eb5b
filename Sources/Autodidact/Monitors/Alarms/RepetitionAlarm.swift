/// Rings where training responses repeat themselves: the share that `RepetitionProbe` flags among them is more than `rise` above that of
/// the base's held-out responses.
///
/// The gate's own probe reads held-out responses of the candidate; this one reads what was learned from.
public struct RepetitionAlarm: SourceAlarmRule {
    let rise: Double

    /// As in records.
    public let name = "repetition"

    /// Whether there were episodes, and a base that was looked at.
    public func canRing(in reading: AlarmReading) -> Bool {
        reading.metrics["completions/repetition"] != nil && reading.base.conduct?.share(of: RepetitionProbe().name) != nil
    }

    /// The alarm where the share has risen.
    public func alarm(in reading: AlarmReading) -> Alarm? {
        guard let share = reading.metrics["completions/repetition"], let before = reading.base.conduct?.share(of: RepetitionProbe().name),
            share - before > rise
        else { return nil }
        return Alarm(
            name: name,
            finding: "\((100 * share).oneDecimal) % of the training responses repeat themselves, of the base's held-out ones "
                + "\((100 * before).oneDecimal) %",
            advice: "read the longest responses, and check completions/clipped_ratio: does a response still end?")
    }
}
