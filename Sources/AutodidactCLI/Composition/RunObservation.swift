import Autodidact
import Logging
import Observability
import Serving
import Synchronization

/// What machines are told of a run: its log and its metrics, as far as they were asked for.
///
/// Nothing of a run depends on it.
final class RunObservation: Sendable {
    private let logger: Logger?
    /// Told where the metrics are.
    private let serverLogger: Logger
    private let metrics: RunMetrics
    private let server: MetricsServer?
    private let console: Console
    /// The log of the run, once there is one.
    private let log = Mutex<RunLog?>(nil)

    /// Opens what was asked for; nothing listens yet.
    ///
    /// - Throws: `BadInput` where a log, an address or a token cannot be taken.
    init(log options: LogOptions, metrics: MetricsOptions, clock: any WorldClock, console: Console) throws(BadInput) {
        let opened = try options.opened(clock: clock, console: console)
        let registry = MetricsRegistry(RunMetric.definitions)
        let label = "autodidact.metrics"
        serverLogger = opened?.logger(label) ?? Logger(label: label) { _ in SwiftLogNoOpLogHandler() }
        server = try metrics.server(logger: serverLogger) { registry.text }
        logger = opened?.logger("autodidact.run")
        self.metrics = RunMetrics(registry, clock: clock)
        self.console = console
    }

    /// Does the work while the metrics can be read; a failure is logged.
    ///
    /// - Throws: `BadInput` where the address is taken, before any work; else what the work throws.
    func during<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
        do {
            return try await serving(work)
        } catch {
            let log = log.withLock { $0 }
            if Ending.isInterruption(error) {
                log?.stopped()
            } else if let log {
                log.failed(Ending.sentence(of: error))
            } else {
                logger?.error("run failed", metadata: ["error": "\(Ending.sentence(of: error))"])
            }
            throw error
        }
    }

    /// A run is about to begin or to go on; the result is told its events.
    func begin(_ session: RunSession) -> @Sendable (LoopEvent) -> Void {
        let log = logger.map { RunLog(session.manifest, logger: $0) }
        self.log.withLock { $0 = log }
        log?.begin(session.manifest, isResumed: session.isResumed)
        metrics.begin(session.manifest, generations: session.generations)
        return { [metrics] event in
            metrics.receive(event)
            log?.receive(event)
        }
    }

    private func serving<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
        guard let server else { return try await work() }
        do {
            return try await server.serving { [console] in
                console.note("metrics are no longer served (\($0)); the run goes on")
            } perform: { [console, serverLogger] address in
                console.note("metrics at http://\(address)/metrics")
                serverLogger.info("metrics served", metadata: ["address": "\(address)"])
                return try await work()
            }
        } catch let error as ListeningError {
            throw BadInput("--metrics: \(error)")
        }
    }
}
