import ArgumentParser
import Tensors

/// How the embedded engine uses this machine; never changes a result.
struct EngineOptions: ParsableArguments {
    @Option(
        name: .customLong("cores"), help: "Cores to use; never changes a result. (default: all)",
        transform: WholeNumber.reader(1...Cores.all.count))
    var count: Int?

    var cores: Cores { count.map(Cores.init) ?? .all }

    func validate() throws {
        let all = Cores.all.count
        guard let count, count < 1 || count > all else { return }
        // More threads than cores wait for each other, and a measurement would state a speed that was not there.
        throw ValidationError("--cores is \(count); allowed: from 1 up to \(all), the cores of this machine")
    }
}
