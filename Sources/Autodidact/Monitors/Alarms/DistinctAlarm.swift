/// Rings where wrong answers have become one answer: among the wrong samples of a held-out problem the share of different ones is below
/// `share` of the base's.
///
/// Right answers may become alike, as a task may have only one; a policy whose mistakes are all the same explores no longer.
public struct DistinctAlarm: AlarmRule {
    let share: Double

    /// The alarm where the variety has collapsed.
    public func alarm(in reading: AlarmReading) -> Alarm? {
        guard let before = reading.base.conduct?.distinctWrong, let after = reading.candidate.conduct?.distinctWrong,
            after < share * before
        else { return nil }
        return Alarm(
            name: "answer-collapse",
            finding: "of the wrong samples of a held-out problem \((100 * after).oneDecimal) % are different, of the base's "
                + "\((100 * before).oneDecimal) %",
            advice: "read a few groups of samples: is it one phrase or one guess? Lower the learning rate or keep fewer samples of a problem")
    }
}
