/// Something in a generation that looks like hacking or collapse, with what to look at.
///
/// It refuses the candidate of its own generation and nothing more: the next one starts from the same incumbent and is judged anew. So a
/// false alarm costs a generation, and an alarm whose cause lasts comes again.
public struct Alarm: Sendable, Hashable, Codable {
    /// The kind of alarm; stable.
    public let name: String
    /// What was found, with its figures.
    public let finding: String
    /// What to look at.
    public let advice: String

    /// An alarm.
    public init(name: String, finding: String, advice: String) {
        self.name = name
        self.finding = finding
        self.advice = advice
    }

    /// Finding and advice in one sentence.
    public var sentence: String { "\(finding); \(advice)" }
}

/// A rule that reads a generation and may ring: a pure value, so a record gives the same alarms again.
public protocol AlarmRule: Sendable {
    /// The alarm, or nil where nothing is wrong or the figures are not there.
    func alarm(in reading: AlarmReading) -> Alarm?
}

extension Alarm {
    /// All rules with their thresholds, in the order in which self-improvement goes wrong.
    public static func rules(_ settings: SafetySettings) -> [any AlarmRule] {
        [
            RewardAlarm(fallLevel: settings.fallLevel, riseErrors: settings.riseErrors),
            EntropyAlarm(share: settings.entropyShare), DistinctAlarm(share: settings.distinctShare),
            LengthAlarm(factor: settings.lengthFactor), RepetitionAlarm(rise: settings.repetitionRise),
            VerifierAlarm(share: settings.verifierErrors),
        ]
    }

    /// The alarms that ring.
    public static func ringing(in reading: AlarmReading, by settings: SafetySettings) -> [Alarm] {
        rules(settings).compactMap { $0.alarm(in: reading) }
    }
}
