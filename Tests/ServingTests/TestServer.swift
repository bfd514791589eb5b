import Autodidact
import Logging
import Serving
import Synchronization

/// Servers of tests.
enum TestServer {
    static func make(
        at address: ListenAddress = ListenAddress(host: "127.0.0.1", port: 0), token: Secret? = nil,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, text: @escaping @Sendable () -> String = { "metric 1\n" }
    ) throws(ListeningError) -> MetricsServer {
        try MetricsServer(at: address, token: token, logger: logger, text: text)
    }
}

/// Keeps the levels of all that is logged, however little it is worth.
final class LevelRecorder: Sendable {
    private let recorded = Mutex<[Logger.Level]>([])

    /// In the order of the records.
    var levels: [Logger.Level] { recorded.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    private struct Handler: LogHandler {
        let recorder: LevelRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { recorder.recorded.withLock { $0.append(event.level) } }
    }
}
