import Autodidact
import Foundation
import Testing

@Suite("Pauses that outlast an alarm")
struct AlarmPauseTests {
    private static let alarm = Alarm(name: "verifier-errors", finding: "found", advice: "look")

    /// What a run of signals leaves after each generation: 1 rings, 0 is healthy, nil was not read.
    private func pauses(_ course: [Int?], needed: Int = 2) -> [[AlarmPause]] {
        var standing: [AlarmPause] = []
        return course.enumerated().map { index, signal in
            let rang = signal == 1 ? Self.alarm : nil
            let signals = [AlarmSignal(name: Self.alarm.name, alarm: rang, isRead: signal != nil)]
            standing = AlarmPause.after(index + 1, before: standing, signals: signals, needed: needed)
            return standing
        }
    }

    @Test("a healthy run is never paused")
    func healthy() {
        #expect(pauses([0, 0, nil, 0]).allSatisfy { $0.isEmpty })
    }

    @Test("one lasts until the signal was healthy in as many generations in a row as are asked for, the last of which is free")
    func ends() {
        #expect(pauses([0, 1, 0, 0, 0]).map { $0.map(\.healthy) } == [[], [0], [1], [], []])
        #expect(pauses([1, 0, 0, 0], needed: 3).map(\.isEmpty) == [false, false, false, true])
        #expect(pauses([1, 0], needed: 1).map(\.isEmpty) == [false, true], "then each generation is judged anew")
    }

    @Test("ringing again begins anew, and what is not read counts neither way")
    func neither() {
        #expect(pauses([1, 0, 1, 0, 0]).map { $0.map(\.since) } == [[1], [1], [3], [3], []])
        #expect(pauses([1, nil, 0, nil, 0]).map { $0.map(\.healthy) } == [[0], [0], [1], [1], []])
        #expect(pauses([1, nil], needed: 1).last?.isEmpty == false, "unknown is not healthy")
    }

    @Test("each signal has a pause of its own, and one that nobody reads any more stays")
    func several() {
        let audit = Alarm(name: "audit", finding: "drift", advice: "read")
        let before = [AlarmPause(alarm: audit, since: 1), AlarmPause(alarm: Self.alarm, since: 2, healthy: 1)]
        let signals = [AlarmSignal(name: Self.alarm.name, alarm: nil, isRead: true)]
        #expect(AlarmPause.after(3, before: before, signals: signals, needed: 2) == [before[0]])
    }

    @Test("only alarms about verifier, reward or data outlast their generation, and none where alarms are only told")
    func causes() throws {
        let reading = try AlarmTests.reading(
            ["completions/repetition": 0.5], candidate: AlarmTests.evaluation(0.2, tokens: 90, unscorable: 30))
        var settings = SafetySettings()
        let rang = Alarm.ringing(in: reading, by: settings)
        #expect(rang.map(\.name) == ["length-drift", "repetition", "verifier-errors"])
        let signals = Alarm.signals(in: reading, ringing: rang, by: settings)
        #expect(signals.map(\.name) == ["reward-hacking", "repetition", "verifier-errors"])
        #expect(signals.map { $0.alarm != nil } == [false, true, true] && signals.map(\.isRead) == [false, true, true])
        settings.pauses = false
        #expect(Alarm.signals(in: reading, ringing: rang, by: settings).isEmpty)
    }

    @Test("a pause refuses what is better in the generations after its own, and says what to look at")
    func refuses() throws {
        let gate = Gate()
        let pause = AlarmPause(alarm: Self.alarm, since: 3, healthy: 1)
        #expect(gate.checks(of: [pause], inGeneration: 3).isEmpty, "there its alarm refuses")
        let checks = gate.checks(of: [pause], inGeneration: 4)
        let decision = try gate.decide(
            incumbent: AlarmTests.evaluation(0.117), candidate: AlarmTests.evaluation(0.4), concerns: checks, look: 4)
        #expect(decision.outcome == .rolledBack)
        #expect(
            decision.reason.hasPrefix(
                "still paused by alarm 'verifier-errors' of generation 3, healthy in 1 of 2 generations since: found; look; better: "))
    }

    @Test("one is read back as it was recorded, and counts that no run can have are refused")
    func recorded() throws {
        let pause = AlarmPause(alarm: Self.alarm, since: 3, healthy: 1)
        let text = String(decoding: try JSONEncoder().encode(pause), as: UTF8.self)
        #expect(try JSONDecoder().decode(AlarmPause.self, from: Data(text.utf8)) == pause)
        for (was, value) in [
            (#""since":3"#, "0"), (#""since":3"#, "\(Int.max)"), (#""healthy":1"#, "-1"), (#""healthy":1"#, "\(Int.max)"),
        ] {
            let damaged = text.replacing(was, with: was.dropLast() + value)
            #expect(damaged != text)
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(AlarmPause.self, from: Data(damaged.utf8)) }
        }
    }
}
