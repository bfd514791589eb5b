/// Something in a generation that looks like hacking or collapse, with what to look at.
///
/// It refuses the candidate of its own generation, of which later ones inherit nothing (`GenerationRecord.isQuarantined`). What that does
/// not mend keeps promotion paused (`SourceAlarmRule`).
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
///
/// Where it rings about the candidate, the cause is gone once that is discarded, and the next one is judged anew.
public protocol AlarmRule: Sendable {
    /// The name of its alarm.
    var name: String { get }
    /// The alarm, or nil where nothing is wrong or the figures are not there.
    func alarm(in reading: AlarmReading) -> Alarm?
}

/// A rule about what is learned from: verifier, reward or data.
///
/// The next candidate meets the cause again, and one reading may miss it: promotion stays paused until the signal has been healthy in
/// `safety.healthyGenerations` generations in a row.
public protocol SourceAlarmRule: AlarmRule {
    /// Whether the figures are there that it would ring by: what is not known is not healthy.
    func canRing(in reading: AlarmReading) -> Bool
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

    /// Those of them about sources.
    static func sources(_ settings: SafetySettings) -> [any SourceAlarmRule] { rules(settings).compactMap { $0 as? any SourceAlarmRule } }

    /// The alarms that ring.
    public static func ringing(in reading: AlarmReading, by settings: SafetySettings) -> [Alarm] {
        rules(settings).compactMap { $0.alarm(in: reading) }
    }

    /// What the rules about sources say, given the alarms that ring; nothing where alarms are only told.
    package static func signals(in reading: AlarmReading, ringing: [Alarm], by settings: SafetySettings) -> [AlarmSignal] {
        guard settings.pauses else { return [] }
        return sources(settings).map { rule in
            AlarmSignal(name: rule.name, alarm: ringing.first { $0.name == rule.name }, isRead: rule.canRing(in: reading))
        }
    }
}
