/// Something in a generation that looks like hacking or collapse, with what to look at.
///
/// It refuses the candidate of its own generation, of which later ones inherit nothing (`GenerationRecord.isQuarantined`). What that does
/// not mend keeps promotion paused (`AlarmCause`).
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

/// Where the cause of an alarm lies, and with it how long promotion is paused.
public enum AlarmCause: Sendable, Hashable {
    /// In the candidate: once it is discarded the cause is gone, and the next one is judged anew.
    case candidate
    /// In what is learned from, verifier, reward or data: the next candidate meets it again, and one reading may miss it. Promotion stays
    /// paused until the signal has been healthy in `safety.healthyGenerations` generations in a row.
    case source
}

/// A rule that reads a generation and may ring: a pure value, so a record gives the same alarms again.
public protocol AlarmRule: Sendable {
    /// The name of its alarm.
    var name: String { get }
    /// Where the cause lies when it rings.
    var cause: AlarmCause { get }
    /// Whether the figures are there that it would ring by.
    func canRing(in reading: AlarmReading) -> Bool
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

    /// What the rules about sources say, given the alarms that ring; nothing where alarms are only told.
    package static func signals(in reading: AlarmReading, ringing: [Alarm], by settings: SafetySettings) -> [AlarmSignal] {
        guard settings.pauses else { return [] }
        return rules(settings).filter { $0.cause == .source }.map { rule in
            AlarmSignal(name: rule.name, alarm: ringing.first { $0.name == rule.name }, isRead: rule.canRing(in: reading))
        }
    }
}
