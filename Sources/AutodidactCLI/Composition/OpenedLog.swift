import Autodidact
import Logging
import Observability
import RunStore

/// A log file that can be written to.
///
/// One that cannot be written any more is told once on stderr, and the work goes on.
struct OpenedLog: Sendable {
    private let level: Logger.Level
    private let clock: any WorldClock
    private let sink: LogSink

    /// Opens the file at `path` and writes a first record, whatever the level.
    ///
    /// - Throws: Where the file cannot be opened, or takes nothing.
    init(_ path: String, level: Logger.Level, clock: any WorldClock, console: Console) throws(DiskError) {
        let file = try AppendedFile(path)
        (self.level, self.clock) = (level, clock)
        sink = LogSink {
            try file.append($0)
        } failed: {
            console.note("the log cannot be written any more (\($0)); the work goes on without it")
        }
        // A full disk shows only when something is written.
        let first = LogSink {
            try file.append($0)
        } failed: { _ in
        }
        JSONLogHandler(label: "autodidact.log", level: .trace, clock: clock, sink: first).log(
            event: LogEvent(
                level: .info, message: "log begins",
                metadata: ["level": "\(level.rawValue)", "version": "\(Versions.engine)"], source: nil, file: #fileID, function: #function,
                line: #line))
        if let failure = first.failure as? DiskError { throw failure }
    }

    /// A logger that writes here.
    func logger(_ label: String) -> Logger {
        Logger(label: label) { JSONLogHandler(label: $0, level: level, clock: clock, sink: sink) }
    }
}
