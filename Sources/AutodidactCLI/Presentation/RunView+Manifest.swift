import Autodidact
import Reports

extension RunView {
    /// A view of the run that a manifest describes.
    convenience init(_ manifest: RunManifest, style: Style, console: Console, clock: any WorldClock) {
        self.init(title: manifest.title, style: style, console: console, clock: clock, advice: Advice.nothingSolved(manifest))
    }
}
