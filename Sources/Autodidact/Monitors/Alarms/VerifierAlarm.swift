/// Rings where the verifier fails: the share of unscorable verdicts, of the training episodes or of the candidate's evaluation, is above
/// `share`, with at least five of them.
///
/// Above 2 % the run stops (`UnscorableLimit`); this is the warning before, and covers evaluations of few problems.
public struct VerifierAlarm: SourceAlarmRule {
    let share: Double
    private static let least = 5

    /// As in records.
    public let name = "verifier-errors"

    /// Always: it judges every evaluation.
    public func canRing(in reading: AlarmReading) -> Bool { true }

    /// The alarm where verdicts are missing.
    public func alarm(in reading: AlarmReading) -> Alarm? {
        let responses = reading.candidate.conduct?.responses ?? reading.candidate.outcomes.count * (reading.candidate.samplesPerProblem + 1)
        for (what, missing, of) in [
            ("training episodes", reading.unscorable, reading.episodes), ("held-out responses", reading.candidate.unscorable, responses),
        ] {
            guard missing >= Self.least, Double(missing) > share * Double(of) else { continue }
            return Alarm(
                name: name, finding: "the verifier could not judge \(missing) of \(of) \(what)",
                advice: "read their feedback: does it crash, run out of time, or does a response attack it?")
        }
        return nil
    }
}
