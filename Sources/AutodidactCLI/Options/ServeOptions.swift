import ArgumentParser
import Autodidact
import Backends
import Foundation
import LanguageModel
import Logging
import Serving

/// Where a model is served, and how much the server takes on.
struct ServeOptions: ParsableArguments {
    /// Where the token is looked for unless a file is named.
    static let variable = "AUTODIDACT_API_TOKEN"
    /// The most tokens of a sequence unless told otherwise; a model with fewer positions has fewer.
    private static let defaultContext = 4096
    /// The most bytes of keys and values that the server keeps unless told how many sequences it has.
    private static let cacheBytes = 2 << 30

    @Option(
        name: .customLong("listen"),
        help: ArgumentHelp("Where to listen; a port alone is on loopback, 0 is any free one.", valueName: "[host:]port"))
    var address = "8000"

    @Option(
        name: .customLong("token-file"),
        help: ArgumentHelp(
            "File of the bearer token that clients must present; needed beyond loopback. (default: \(variable) in the environment)",
            valueName: "file"))
    var tokenFile: String?

    @Option(
        help: ArgumentHelp(
            "The most tokens of a prompt and its answer. (default: the model's positions, at most \(defaultContext))", valueName: "tokens"),
        transform: WholeNumber.reader(1...CountLimits.items))
    var context: Int?

    @Option(
        help: ArgumentHelp("Sequences that are continued together. (default: as many as pay and fit into 2 GiB)", valueName: "count"),
        transform: WholeNumber.reader(1...CountLimits.samples))
    var sequences: Int?

    @Option(
        help: ArgumentHelp("Sequences that may wait; who comes after is told to try again. (default: 512)", valueName: "count"),
        transform: WholeNumber.reader(1...CountLimits.items))
    var waiting = 512

    @Option(
        help: ArgumentHelp("Connections that are open at once; more wait. (default: 512)", valueName: "count"),
        transform: WholeNumber.reader(1...CountLimits.items))
    var connections = 512

    @Option(
        name: .customLong("body-kib"), help: ArgumentHelp("The most KiB of a request. (default: 1024)", valueName: "KiB"),
        transform: WholeNumber.reader(1...Self.bodyAtMost))
    var bodyKiB = 1024

    @Option(
        help: ArgumentHelp("How long open requests may take once the server is to end. (default: 30)", valueName: "seconds"),
        transform: WholeNumber.reader(0...CountLimits.items))
    var drain = 30

    private static let bodyAtMost = 1 << 18

    func validate() throws {
        let ranges = [
            ("context", context ?? 1, 1...CountLimits.items), ("sequences", sequences ?? 1, 1...CountLimits.samples),
            ("waiting", waiting, 1...CountLimits.items), ("connections", connections, 1...CountLimits.items),
            ("body-kib", bodyKiB, 1...Self.bodyAtMost), ("drain", drain, 0...CountLimits.items),
        ]
        for (name, value, range) in ranges where !range.contains(value) {
            throw ValidationError("--\(name) is \(value); allowed: from \(range.lowerBound) up to \(range.upperBound)")
        }
    }

    /// What an engine over a model takes on.
    ///
    /// - Throws: `BadInput` for more positions than the model has, or more sequences than memory holds.
    func engineLimits(for model: ServedModel, engine: EngineOptions) throws(BadInput) -> EmbeddedEngine.Limits {
        let transformer = model.directory.transformer
        let positions = transformer.architecture.contextLength
        if let context, context > positions { throw BadInput("--context is \(context), but the model has \(positions) positions") }
        let context = context ?? min(positions, Self.defaultContext)
        let rows = EmbeddedEngine.rows(of: transformer, context: context, cores: engine.cores, cacheBytes: Self.cacheBytes)
        let limits = EmbeddedEngine.Limits(context: context, rows: sequences ?? rows, waiting: waiting)
        let (kept, memory) = (limits.rows * transformer.cacheBytes(ofRow: context), ProcessInfo.processInfo.physicalMemory)
        guard kept < memory else {
            throw BadInput(
                "\(limits.rows) sequences of \(context) tokens would keep \(kept >> 20) MiB of keys and values, and this machine has "
                    + "\(memory >> 20) MiB; lower --sequences or --context")
        }
        return limits
    }

    /// The server; nothing listens yet.
    ///
    /// - Throws: `BadInput` for an address or a token that cannot be taken.
    func server(
        _ engine: EmbeddedEngine, as model: ServedModelName, clock: any WorldClock
    ) throws(BadInput) -> APIServer<EmbeddedEngine> {
        do {
            return try APIServer(
                engine, as: model, at: ListenAddress(address), token: secret(in: tokenFile, or: Self.variable),
                limits: APIServer.Limits(connections: connections, bodyBytes: bodyKiB << 10, drain: .seconds(drain)), clock: clock,
                logger: Logger(label: "autodidact.api") { _ in SwiftLogNoOpLogHandler() })
        } catch let error as ListeningError {
            throw BadInput("--listen: \(error); put it into \(Self.variable) or name its file with --token-file")
        } catch let error as SecretError {
            throw BadInput("\(tokenFile == nil ? Self.variable : "--token-file"): \(error)")
        } catch {
            throw BadInput("--listen: \(error)")
        }
    }
}
