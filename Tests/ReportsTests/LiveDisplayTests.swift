import Autodidact
import Synchronization
import Testing

@testable import Reports

@Suite("Live display")
struct LiveDisplayTests {
    /// A display in the middle of generation 4, with three committed.
    private func display() throws -> LiveDisplay {
        let dossier = try SampleRun.dossier(generations: 3, isFinished: false)
        var display = LiveDisplay(SampleRun.manifest, at: .zero)
        display.receive(.baseline(try #require(dossier.baseline)), at: .seconds(4))
        for record in dossier.generations {
            display.receive(.generationStarted(number: record.number, of: 8), at: .seconds(24 * record.number - 20))
            display.receive(.generationCommitted(record), at: .seconds(24 * record.number + 4))
        }
        display.receive(.generationStarted(number: 4, of: 8), at: .seconds(76))
        display.receive(.progress(phase: .sample, done: 128, total: 4096, tokens: 3_000), at: .seconds(77))
        display.receive(.progress(phase: .sample, done: 2048, total: 4096, tokens: 48_000), at: .seconds(80))
        return display
    }

    @Test("at 80 columns")
    func lines() throws {
        let lines = try display().lines(width: 80, at: .seconds(80), color: .none)
        #expect(lines.count == 5)
        #expect(lines[0] == "expert-iteration on countdown · seedling · seed 1                     1 min 20 s")
        #expect(lines[1] == "generation 4 of 8  sampling  ████████████████████░░░░░░░░░░░░░░░░░░░░  2048/4096")
        #expect(lines[2].hasPrefix("about 1 min 5") && lines[2].contains(" left · 12.0 k tokens/s · 512 samples/s"))
        #expect(lines[3].hasPrefix("held-out  ▁") && lines[3].contains("mean@8"))
        #expect(lines[4].hasPrefix("gate      ") && lines[4].contains("rolled back"))
    }

    @Test("never wraps, whatever the width, and colour takes no room", arguments: [1, 7, 20, 40, 80, 120])
    func width(columns: Int) throws {
        let display = try display()
        let plain = display.lines(width: columns, at: .seconds(80), color: .none)
        #expect(plain.allSatisfy { Reports.columns(of: $0) <= columns })
        #expect(display.lines(width: columns, at: .seconds(80), color: .ansi).map(withoutColor) == plain)
        #expect(plain.allSatisfy { !$0.contains("\u{1B}") })
    }

    @Test("the time left counts what remains and the sealed evaluation")
    func timeLeft() throws {
        let display = try display()
        let records = try SampleRun.dossier(generations: 3, isFinished: false).generations
        let mean = records.reduce(0) { $0 + $1.seconds.total } / 3
        let left = try #require(display.secondsLeft(at: .seconds(80)))
        #expect(abs(left - (5 * mean - 4 + 2 * 3.1)) < 1e-9)
        #expect(LiveDisplay(title: "new", at: .zero).secondsLeft(at: .seconds(9)) == nil)
    }

    @Test("a hostile title cannot reach the terminal")
    func hostileTitle() {
        let display = LiveDisplay(title: "a\u{1B}[2J\nb\u{9B}31m", at: .zero)
        let lines = display.lines(width: 80, at: .zero, color: .none)
        #expect(lines[0].hasPrefix("a␛[2J␊b⟨U+009B⟩31m"))
    }

    @Test("the writer redraws in place, ten times a second at most, and lets go at the end")
    func writer() {
        let written = Mutex<[String]>([])
        let writer = TerminalWriter(display: LiveDisplay(title: "run", at: .zero), color: .none) { text in
            written.withLock { $0.append(text) }
        }
        for step in 0..<50 {
            writer.receive(.progress(phase: .sample, done: step, total: 50, tokens: 0), at: .milliseconds(10 * step), width: 40)
        }
        #expect(written.withLock { $0.count } == 5)
        writer.receive(.generationStarted(number: 1, of: 2), at: .milliseconds(495), width: 40)
        writer.close(at: .milliseconds(500), width: 40)
        writer.close(at: .seconds(5), width: 40)
        writer.tick(at: .seconds(9), width: 40)
        let all = written.withLock { $0 }
        #expect(all.count == 7)
        #expect(all[0].hasPrefix("\r\u{1B}[2K") && all[0].hasSuffix("\n\u{1B}[J"))
        #expect(all[1].hasPrefix("\r\u{1B}[2A"))
        #expect(all.allSatisfy { !$0.contains("?25l") })
    }

    @Test("a note stays above the display, and stands alone once that is closed")
    func note() {
        let written = Mutex<[String]>([])
        let writer = TerminalWriter(display: LiveDisplay(title: "run", at: .zero), color: .none) { text in
            written.withLock { $0.append(text) }
        }
        writer.tick(at: .seconds(1), width: 40)
        writer.receive(.verdictMissing(phase: .evaluate, cause: "crash"), at: .seconds(1), width: 40)
        writer.note("warning: crash", at: .seconds(1), width: 40)
        writer.close(at: .seconds(2), width: 40)
        writer.note("later", at: .seconds(3), width: 40)
        let all = written.withLock { $0 }
        let place = all.firstIndex { $0.contains("warning: crash") }
        #expect(place.map { all[$0] } == "\r\u{1B}[2A\u{1B}[Jwarning: crash\n")
        // What is drawn next begins below it.
        #expect(place.map { all[$0 + 1].hasPrefix("\r\u{1B}[2Krun") } == true)
        #expect(all.last == "later\n")
    }

    @Test("the writer clears what a narrower terminal has wrapped")
    func narrower() {
        let written = Mutex<[String]>([])
        let title = String(repeating: "t", count: 80)
        let writer = TerminalWriter(display: LiveDisplay(title: title, at: .zero), color: .none) { text in
            written.withLock { $0.append(text) }
        }
        writer.tick(at: .seconds(1), width: 80)
        writer.tick(at: .seconds(2), width: 40)
        // The title of 80 columns now stands on two rows, the line below it on one.
        #expect(written.withLock { $0[1] }.hasPrefix("\r\u{1B}[3A"))
    }

    @Test("colour is off for pipes, dumb terminals, NO_COLOR and --no-color")
    func color() {
        #expect(TerminalColor.chosen(isTerminal: true, environment: ["TERM": "xterm"]) == .ansi)
        #expect(TerminalColor.chosen(isTerminal: false, environment: ["TERM": "xterm"]) == .none)
        #expect(TerminalColor.chosen(isTerminal: true, environment: ["TERM": "dumb"]) == .none)
        #expect(TerminalColor.chosen(isTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": "1"]) == .none)
        #expect(TerminalColor.chosen(isTerminal: true, environment: ["TERM": "xterm", "NO_COLOR": ""]) == .ansi)
        #expect(TerminalColor.chosen(isTerminal: true, environment: [:], isRefused: true) == .none)
        #expect(!TerminalColor.redraws(isTerminal: true, environment: ["TERM": "dumb"]))
    }

    @Test("sparklines span their own range")
    func sparklines() {
        #expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
        #expect(sparkline([0.2, .nan, 0.9]) == "▁ █")
        #expect(sparkline([5, 5]) == "▄▄")
        #expect(sparkline([1, 2, 3], limit: 2) == "▁█")
        #expect(sparkline([]) == "")
        #expect(progressBar(0.5, width: 4) == "██░░")
        #expect(progressBar(2, width: 2) == "██")
        #expect(progressBar(.nan, width: 2) == "░░")
    }

    @Test("widths of marks, East Asian text and pictures")
    func widths() {
        #expect(columns(of: "abc") == 3)
        #expect(columns(of: "e\u{301}") == 1)
        #expect(columns(of: "漢字") == 4)
        #expect(columns(of: "👍") == 2)
    }
}
