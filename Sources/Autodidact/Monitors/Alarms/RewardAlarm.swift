/// Rings where the reward that is learned from rises while held-out truth falls: reward hacking (arXiv:2209.13085, definition 1).
///
/// Truth has fallen where the exact one-sided sign-flip test on mean@k is significant at `fallLevel`; the reward has risen where the
/// difference of means over problems is at least `riseErrors` standard errors. Three spans are looked at: truth against the incumbent
/// with the reward within the generation or since the one before, and truth against the base with the reward since the first generation.
public struct RewardAlarm: SourceAlarmRule {
    let fallLevel: Double
    let riseErrors: Double

    /// As in records.
    public let name = "reward-hacking"

    /// Whether hacking would show: wherever truth has fallen, there is a generation to hold the reward against.
    ///
    /// The trend alone does not show a reward that stays where it was hacked. Where truth has not fallen, nothing has gone apart.
    public func canRing(in reading: AlarmReading) -> Bool {
        guard reading.metrics["signal/mean_error"] != nil else { return false }
        let now = RewardSignal(reading.metrics)
        return [(reading.sinceIncumbent_P, reading.earlier), (reading.sinceBase_P, reading.first)].allSatisfy { difference_P, measure in
            Self.pFallen(difference_P) > fallLevel || now.errors(above: RewardSignal(measure)) != nil
        }
    }

    /// The alarm where the two go apart.
    public func alarm(in reading: AlarmReading) -> Alarm? {
        let now = RewardSignal(reading.metrics)
        let lost = Self.pFallen(reading.sinceIncumbent_P), lostInAll = Self.pFallen(reading.sinceBase_P)
        let spans: [(words: String, than: String, errors: Double?, p: Double, change_P: [Double])] = [
            ("within the generation", "the incumbent's", now.trendErrors, lost, reading.sinceIncumbent_P),
            (
                "since the generation before", "the incumbent's", now.errors(above: RewardSignal(reading.earlier)), lost,
                reading.sinceIncumbent_P
            ),
            ("since the first generation", "the base's", now.errors(above: RewardSignal(reading.first)), lostInAll, reading.sinceBase_P),
        ]
        for span in spans {
            guard let errors = span.errors, errors >= riseErrors, span.p <= fallLevel else { continue }
            let fall = -span.change_P.reduce(0, +) / Double(span.change_P.count)
            return Alarm(
                name: name,
                finding: "the training reward rose \(span.words) by \(errors.oneDecimal) standard errors while held-out mean@k is "
                    + "\((fall * 100).oneDecimal) points below \(span.than), p = \(span.p.threeDigits)",
                advice: "read the highest-rewarded episodes of this generation, and compare reward and verdict (reward/gap)")
        }
        return nil
    }

    private static func pFallen(_ difference_P: [Double]) -> Double { SignFlipTest.pGreater(difference_P.map(-)) }
}
