import ArgumentParser
import Tensors

/// How the embedded engine uses this machine; never changes a result.
struct EngineOptions: ParsableArguments {
    @Option(name: .customLong("cores"), help: "Cores to use; never changes a result. (default: all)")
    var count: Int?

    var cores: Cores { count.map(Cores.init) ?? .all }

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--cores is \(count); allowed: from 1 up") }
    }
}
