import ArgumentParser
import Autodidact
import Logging

/// How much a log tells: from every progress to failures alone.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace
    case debug
    case info
    case notice
    case warning
    case error

    /// The same for swift-log.
    var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}

/// A log for machines, beside what people are shown.
struct LogOptions: ParsableArguments {
    @Option(name: .customLong("log-file"), help: ArgumentHelp("Append a log of JSON lines to this file.", valueName: "file"))
    var file: String?

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp("The least level that is logged. (default: info)", valueName: "level"))
    var level: LogLevel?

    func validate() throws {
        if level != nil && file == nil { throw ValidationError("--log-level needs --log-file, the file that the log goes to") }
    }

    /// The log; nil where none was asked for.
    ///
    /// - Throws: `BadInput` where the file cannot be written, before any work.
    func opened(clock: any WorldClock, console: Console) throws(BadInput) -> OpenedLog? {
        guard let file else { return nil }
        do throws(DiskError) {
            return try OpenedLog(file, level: level?.level ?? .info, clock: clock, console: console)
        } catch {
            throw BadInput("--log-file: \(error)")
        }
    }
}
