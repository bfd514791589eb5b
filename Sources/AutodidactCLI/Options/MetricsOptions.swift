import ArgumentParser
import Autodidact
import Logging
import Serving

/// An endpoint that shows the metrics of a run while it goes on.
struct MetricsOptions: ParsableArguments {
    /// Where the token is looked for unless a file is named.
    static let variable = "AUTODIDACT_METRICS_TOKEN"

    @Option(
        name: .customLong("metrics"),
        help: ArgumentHelp(
            "Serve metrics for Prometheus at /metrics during the run; a port alone is on loopback, 0 is any free one.",
            valueName: "[host:]port"))
    var address: String?

    @Option(
        name: .customLong("metrics-token-file"),
        help: ArgumentHelp(
            "File of the bearer token that readers must present; needed beyond loopback. (default: \(variable) in the environment)",
            valueName: "file"))
    var tokenFile: String?

    func validate() throws {
        if tokenFile != nil && address == nil { throw ValidationError("--metrics-token-file needs --metrics, the address to serve at") }
    }

    /// The server; nil where none was asked for.
    ///
    /// - Throws: `BadInput` for an address or a token that cannot be taken.
    func server(logger: Logger, text: @escaping @Sendable () -> String) throws(BadInput) -> MetricsServer? {
        guard let address else { return nil }
        do {
            return try MetricsServer(
                at: ListenAddress(address), token: secret(in: tokenFile, or: Self.variable), logger: logger, text: text)
        } catch let error as ListeningError {
            throw BadInput("--metrics: \(error); put it into \(Self.variable) or name its file with --metrics-token-file")
        } catch let error as SecretError {
            throw BadInput("\(tokenFile == nil ? "--metrics" : "--metrics-token-file"): \(error)")
        } catch {
            throw BadInput("--metrics: \(error)")
        }
    }
}
