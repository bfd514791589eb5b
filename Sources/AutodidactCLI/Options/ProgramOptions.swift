import ArgumentParser
import Autodidact

/// Where programs run that a model writes; refused where a command runs none.
struct ProgramOptions: ParsableArguments {
    @Flag(
        name: .customLong("unsafe-exec"),
        help: "Run programs that the model writes without a sandbox: they may do what you may. A run is marked by it.")
    var isUnconfined = false

    /// What is to surround the programs, where there are any.
    var confinement: Confinement { isUnconfined ? .none : .sandbox }

    /// That of a run which goes on: what it was created with.
    ///
    /// - Throws: `BadInput` where the option asks for another.
    func confinement(of manifest: RunManifest) throws(BadInput) -> Confinement {
        if isUnconfined && manifest.confinement == .sandbox {
            throw BadInput("run \(manifest.runID) was created with a sandbox; --resume cannot change it with --unsafe-exec")
        }
        return manifest.confinement ?? confinement
    }
}
