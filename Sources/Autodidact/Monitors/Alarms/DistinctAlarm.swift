/// Rings where wrong answers have become one answer: how far the wrong samples of a held-out problem differ (`Conduct.distinctWrong`) is
/// below `share` of the base's, while at least a fifth of all samples is wrong.
///
/// Right answers may become alike, as a task may have only one; a policy whose mistakes are all the same explores no longer.
public struct DistinctAlarm: AlarmRule {
    let share: Double

    /// As in records.
    public let name = "answer-collapse"

    /// The alarm where the variety has collapsed.
    public func alarm(in reading: AlarmReading) -> Alarm? {
        guard let before = reading.base.conduct?.distinctWrong, let after = reading.candidate.conduct?.distinctWrong,
            after < share * before, !reading.candidate.isNearlySolved
        else { return nil }
        return Alarm(
            name: name,
            finding: "wrong samples of one held-out problem are the same text: their variety is \(after.threeDigits) of 1, the base's was "
                + before.threeDigits,
            advice: "read a few groups of samples: is it one phrase, or one guess? Lower the learning rate, or keep fewer of a problem")
    }
}
