import Foundation
import Reports

/// The two streams of a command: results on stdout, everything else for people on stderr.
struct Console: Sendable {
    /// Whether the result is printed as JSON.
    let isJSON: Bool
    private let isPlain: Bool

    init(isJSON: Bool, isPlain: Bool = false) {
        self.isJSON = isJSON
        self.isPlain = isPlain
    }

    /// The colour of what `show` prints.
    var color: TerminalColor { color(of: isJSON ? .error : .output) }

    /// The colour of what `note` prints.
    var noteColor: TerminalColor { color(of: .error) }

    /// The columns that tables on stdout may take: no limit where it is not a terminal.
    var width: Int? { Terminal.output.isTerminal ? Terminal.output.width : nil }

    /// Whether stderr is a terminal that can be redrawn.
    var redraws: Bool {
        TerminalColor.redraws(isTerminal: Terminal.error.isTerminal, environment: ProcessInfo.processInfo.environment)
    }

    /// Prints a result: `value` as JSON on stdout where that was asked for, else `text`.
    func show(_ value: some Encodable, text: @autoclosure () -> String) throws {
        try write(isJSON ? try jsonText(value) : text(), to: .standardOutput)
    }

    /// Prints a remark for people on stderr; one that cannot be printed is not worth failing for.
    func note(_ text: String) {
        try? write(text, to: .standardError)
    }

    private func write(_ text: String, to stream: FileHandle) throws {
        do {
            try stream.write(contentsOf: Data((text + "\n").utf8))
        } catch {
            throw WorkFailed("the result cannot be written: \(error.localizedDescription)")
        }
    }

    private func color(of terminal: Terminal) -> TerminalColor {
        .chosen(isTerminal: terminal.isTerminal, environment: ProcessInfo.processInfo.environment, isRefused: isPlain)
    }
}
