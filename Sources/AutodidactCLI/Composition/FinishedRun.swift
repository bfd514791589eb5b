import Autodidact
import Reports

/// A finished run that was to be gone on with.
struct FinishedRun: Error, CustomStringConvertible {
    let description: String

    /// - Parameter isBase: Whether its incumbent is what it began with, so that there is nothing to take along.
    init(_ manifest: RunManifest, isBase: Bool, store: StoreOptions) {
        let run = "run \(manifest.runID) is already finished"
        let places = CommandPlaces(store: store, model: manifest.model)
        let task = manifest.taskFile.map { shellQuoted($0.path) + $0.options } ?? manifest.task
        let anew = "autodidact run \(manifest.recipe) --task \(task)\(places.store)"
        description =
            isBase
            ? "\(run), and its incumbent is its base; start a new run with other settings: '\(anew)'"
            : "\(run); to go on from what it learned, export its model and start a new run with it: "
                + "'autodidact export \(manifest.runID)\(places.store)\(places.models) --model DIR', then '\(anew) --model DIR'"
    }
}
