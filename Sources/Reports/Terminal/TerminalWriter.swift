public import Autodidact
import Synchronization

/// Draws a live display in place, at most ten times a second.
///
/// It never hides the cursor, never scrolls away what stood above, and leaves the cursor on a fresh line below the display, so a
/// process that dies at any instant leaves a usable terminal.
public final class TerminalWriter: Sendable {
    private static let pause = Duration.milliseconds(100)

    private struct State {
        var display: LiveDisplay
        /// The widths of the lines that stand on the terminal, above the cursor.
        var drawn: [Int] = []
        var lastDraw: Duration?
        var isClosed = false
    }

    private let color: TerminalColor
    private let output: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// A writer that has drawn nothing yet; `output` writes text to the terminal at once.
    public init(display: LiveDisplay, color: TerminalColor, output: @escaping @Sendable (String) -> Void) {
        self.color = color
        self.output = output
        state = Mutex(State(display: display))
    }

    /// Takes in an event and redraws: progress at most ten times a second, everything else at once.
    ///
    /// - Parameter width: The terminal's columns now.
    public func receive(_ event: LoopEvent, at now: Duration, width: Int) {
        state.withLock { state in
            state.display.receive(event, at: now)
            if case .progress = event, let last = state.lastDraw, now - last < Self.pause { return }
            draw(&state, at: now, width: width)
        }
    }

    /// Redraws the time, if a tenth of a second has passed: for a timer of the caller's.
    public func tick(at now: Duration, width: Int) {
        state.withLock { state in
            if let last = state.lastDraw, now - last < Self.pause { return }
            draw(&state, at: now, width: width)
        }
    }

    /// Writes a line that stays, above the display.
    public func note(_ text: String, at now: Duration, width: Int) {
        state.withLock { state in
            guard !state.isClosed else { return output(text + "\n") }
            output("\r" + Self.up(state.drawn, columns: max(1, width)) + "\u{1B}[J" + text + "\n")
            state.drawn = []
            draw(&state, at: now, width: width)
        }
    }

    /// Draws the last state and lets go of the terminal; later calls do nothing.
    public func close(at now: Duration, width: Int) {
        state.withLock { state in
            draw(&state, at: now, width: width)
            state.isClosed = true
        }
    }

    private func draw(_ state: inout State, at now: Duration, width: Int) {
        guard !state.isClosed else { return }
        let columns = max(1, width)
        let lines = state.display.styledLines(width: columns, at: now).map { $0.cut(to: columns) }
        let body = lines.map { "\u{1B}[2K" + $0.rendered(color) + "\n" }.joined()
        output("\r" + Self.up(state.drawn, columns: columns) + body + "\u{1B}[J")
        state.drawn = lines.map(\.width)
        state.lastDraw = now
    }

    /// Moves the cursor to the first of the rows that lines of these widths take.
    private static func up(_ drawn: [Int], columns: Int) -> String {
        // A terminal that has become narrower has wrapped what was drawn.
        let rows = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        return rows > 0 ? "\u{1B}[\(rows)A" : ""
    }
}
