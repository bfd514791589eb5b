import Autodidact
import Logging
import Serving

/// Servers of tests.
enum TestServer {
    static func make(
        at address: ListenAddress = ListenAddress(host: "127.0.0.1", port: 0), token: Secret? = nil,
        text: @escaping @Sendable () -> String = { "metric 1\n" }
    ) throws(MetricsServerError) -> MetricsServer {
        try MetricsServer(at: address, token: token, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, text: text)
    }
}
