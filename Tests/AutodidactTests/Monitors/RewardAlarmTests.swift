import Autodidact
import Testing

@Suite("What the reward alarm can read")
struct RewardAlarmTests {
    private static let high = ["signal/mean": 0.8, "signal/mean_error": 0.01, "signal/trend": 0.0, "signal/trend_error": 0.02]
    private static let low = ["signal/mean": 0.5, "signal/mean_error": 0.01]
    private static let fallen = AlarmTests.evaluation(0.06)

    private func isRead(_ reading: AlarmReading) throws -> Bool {
        let signals = Alarm.signals(in: reading, ringing: Alarm.ringing(in: reading, by: SafetySettings()), by: SafetySettings())
        return try #require(signals.first { $0.name == "reward-hacking" }).isRead
    }

    @Test("where truth has not fallen, nothing has gone apart; without a reward nothing is known")
    func healthy() throws {
        #expect(try isRead(AlarmTests.reading(Self.high)))
        #expect(try isRead(AlarmTests.reading(Self.high, earlier: Self.low, first: Self.low)))
        #expect(try !isRead(AlarmTests.reading()))
    }

    @Test("where truth has fallen, a flat trend alone does not show that the reward is healthy")
    func flat() throws {
        #expect(try !isRead(AlarmTests.reading(Self.high, candidate: Self.fallen)))
        #expect(try isRead(AlarmTests.reading(Self.high, earlier: Self.high, first: Self.high, candidate: Self.fallen)))
    }

    @Test("each fall needs the generation that its span begins with")
    func spans() throws {
        #expect(try !isRead(AlarmTests.reading(Self.high, earlier: Self.high, candidate: Self.fallen)), "since the base too")
        #expect(try !isRead(AlarmTests.reading(Self.high, first: Self.high, candidate: Self.fallen)), "since the incumbent too")
        #expect(try isRead(AlarmTests.reading(Self.high, first: Self.high, incumbent: Self.fallen, candidate: Self.fallen)))
    }

    @Test("rewards that vary nowhere measure nothing")
    func constant() throws {
        let all = ["signal/mean": 1.0, "signal/mean_error": 0.0]
        #expect(try !isRead(AlarmTests.reading(all, earlier: all, first: all, candidate: Self.fallen)))
        #expect(try isRead(AlarmTests.reading(all, earlier: all, first: all)))
    }
}
