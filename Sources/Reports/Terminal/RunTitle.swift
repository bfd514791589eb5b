package import Autodidact

extension RunManifest {
    /// What a run is called while it goes on, with what is unusual about it.
    package var title: String {
        "\(recipe) on \(task) · \(model) · seed \(seed)" + (isGated ? "" : " · ungated") + (isUnconfined ? " · unconfined" : "")
    }
}
