import Autodidact
import Reports

/// A finished run that was to be gone on with.
struct FinishedRun: Error, CustomStringConvertible {
    let description: String

    /// - Parameter lineage: Tells whether its incumbent is what it began with, so that there is nothing to take along.
    init(_ manifest: RunManifest, lineage: RunLineage, store: StoreOptions) {
        let run = "run \(manifest.runID) is already finished"
        let places = CommandPlaces(store: store, model: manifest.model)
        let task = manifest.taskFile.map { shellQuoted($0.path) + $0.options } ?? manifest.task
        let anew = "autodidact run \(manifest.recipe) --task \(task)\(places.store)"
        let rollback = lineage.rollbacks.last
        description =
            lineage.incumbent == 0
            ? rollback.map {
                "\(run), and was rolled back to its base; take that back with "
                    + "'autodidact rollback \(manifest.runID)\(places.store) --to \($0.after)', or start a new run: '\(anew)'"
            } ?? "\(run), and its incumbent is its base; start a new run with other settings: '\(anew)'"
            : "\(run); to go on from what it learned, export its model and start a new run with it: "
                + "'autodidact export \(manifest.runID)\(places.store)\(places.models) --model DIR', then '\(anew) --model DIR'"
    }
}
