import Autodidact
import Reports

extension RunSummary {
    /// The summary with what the program did around the loop (reading the model, writing the report) counted as writing.
    func including(_ surroundings: Duration) -> RunSummary {
        let extra = surroundings / .seconds(1)
        return RunSummary(
            before: before, after: after, comparison: comparison, examples: examples, weightsHash: weightsHash,
            seconds: seconds + PhaseSeconds([.write: extra]), wallSeconds: wallSeconds + extra)
    }
}

extension RunView {
    /// A view of the run that a manifest describes.
    convenience init(_ manifest: RunManifest, style: Style, console: Console, clock: any WorldClock) {
        self.init(
            title: "\(manifest.recipe) on \(manifest.task) · \(manifest.model) · seed \(manifest.seed)"
                + (manifest.isGated ? "" : " · ungated") + (manifest.isUnconfined ? " · unconfined" : ""), style: style,
            console: console, clock: clock, advice: Advice.nothingSolved(manifest))
    }
}
