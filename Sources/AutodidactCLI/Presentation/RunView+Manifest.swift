import Autodidact

extension RunView {
    /// A view of the run that a manifest describes.
    convenience init(_ manifest: RunManifest, style: Style, console: Console, clock: any WorldClock) {
        self.init(
            title: "\(manifest.recipe) on \(manifest.task) · \(manifest.model) · seed \(manifest.seed)"
                + (manifest.isGated ? "" : " · ungated") + (manifest.isUnconfined ? " · unconfined" : ""), style: style,
            console: console, clock: clock, advice: Advice.nothingSolved(manifest))
    }
}
