/// A pause of promotion that outlasts the generation whose alarm rang, because its cause does (`SourceAlarmRule`).
///
/// It stands in the record of every generation until it ends, so that what a resumed or rolled back run goes on with comes from the ledger.
public struct AlarmPause: Sendable, Hashable, Codable {
    /// The alarm as it rang last.
    public let alarm: Alarm
    /// The generation in which that was.
    public let since: Int
    /// How many generations in a row have been healthy since.
    public let healthy: Int

    /// A pause.
    public init(alarm: Alarm, since: Int, healthy: Int = 0) {
        self.alarm = alarm
        self.since = since
        self.healthy = healthy
    }

    /// A pause as it was recorded; counts that no run can have are refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            alarm: try container.decode(Alarm.self, forKey: .alarm),
            since: try container.decodeCount(forKey: .since, in: 1...CountLimits.generations),
            healthy: try container.decodeCount(forKey: .healthy, in: 0...CountLimits.generations))
    }
}

extension AlarmPause {
    /// The names of the alarms that can pause promotion beyond their own generation: those about sources, and the audit.
    public static var names: [String] { Alarm.sources(SafetySettings()).map { $0.name } + [Gate.audit] }
}

/// What one signal about a source said in a generation.
package struct AlarmSignal: Sendable, Hashable {
    /// The name of its alarm.
    package let name: String
    /// The alarm where it rang.
    package let alarm: Alarm?
    /// Whether the generation had what the signal is read from: what is not known is not healthy.
    package let isRead: Bool

    package init(name: String, alarm: Alarm?, isRead: Bool) {
        (self.name, self.alarm, self.isRead) = (name, alarm, isRead)
    }
}

extension AlarmPause {
    /// The pauses that stand after generation `number`, given those that stood before it and what its signals said.
    ///
    /// One begins, or begins anew, where its alarm rings; it ends with the generation that is the `needed`-th healthy one in a row, and
    /// that one may be promoted. A generation that cannot be read counts neither way.
    package static func after(_ number: Int, before: [AlarmPause], signals: [AlarmSignal], needed: Int) -> [AlarmPause] {
        let names = before.map(\.alarm.name) + signals.map(\.name).filter { name in !before.contains { $0.alarm.name == name } }
        return names.compactMap { name in
            let signal = signals.first { $0.name == name }
            if let alarm = signal?.alarm { return AlarmPause(alarm: alarm, since: number) }
            guard let standing = before.first(where: { $0.alarm.name == name }) else { return nil }
            let healthy = standing.healthy + (signal?.isRead == true ? 1 : 0)
            return healthy >= needed ? nil : AlarmPause(alarm: standing.alarm, since: standing.since, healthy: healthy)
        }
    }
}
