import Autodidact
import Foundation
import Reports
import Synchronization

/// What a person sees of a run while it goes on, on stderr: a display that is redrawn, plain lines, or one line for each progress.
final class RunView: Sendable {
    /// How the course of a run is shown.
    enum Style: Sendable {
        case live
        case lines
        /// For scripts: every progress event as a line, between the plain ones.
        case everything
    }

    private let console: Console
    private let clock: any WorldClock
    private let writer: TerminalWriter?
    private let log: Mutex<PlainLog>
    private let style: Style
    private let advice: String?
    private let timer = Mutex<Task<Void, Never>?>(nil)

    /// A view of the run that `title` describes; nothing is shown before the first event or the first quarter of a second.
    ///
    /// - Parameter advice: What may be done where the model solves nothing.
    init(title: String, style: Style, console: Console, clock: any WorldClock, advice: String? = nil) {
        (self.style, self.console, self.clock, self.advice) = (style, console, clock, advice)
        let now = clock.monotonic()
        log = Mutex(PlainLog(at: now))
        let display = LiveDisplay(title: title, at: now)
        writer =
            style == .live
            ? TerminalWriter(display: display, color: console.noteColor) { text in
                // A terminal that has gone away must not end a run.
                try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
            } : nil
        guard let writer else { return }
        let ticking = Task {
            while !Task.isCancelled {
                // Sleep fails only where the task was cancelled.
                try? await Task.sleep(for: .milliseconds(250))
                if !Task.isCancelled { writer.tick(at: clock.monotonic(), width: Terminal.error.width) }
            }
        }
        timer.withLock { $0 = ticking }
    }

    /// Shows an event of the loop.
    func receive(_ event: LoopEvent) {
        let now = clock.monotonic()
        let notice = Notice.line(on: event, advice: advice)
        if let writer {
            writer.receive(event, at: now, width: Terminal.error.width)
            if let notice { writer.note(notice, at: now, width: Terminal.error.width) }
            return
        }
        // One event at a time, so that lines stand in the order of the events.
        log.withLock { log in
            if style == .everything, case .progress(let phase, let done, let total, _) = event {
                console.note("progress \(phase.rawValue) \(done)/\(total)")
            }
            if let line = log.line(for: event, at: now) { console.note(line) }
            if let notice { console.note(notice) }
        }
    }

    /// Draws the last state and lets go of the terminal.
    func close() {
        timer.withLock { timer in
            timer?.cancel()
            timer = nil
        }
        writer?.close(at: clock.monotonic(), width: Terminal.error.width)
    }
}
