/// What an export wrote.
struct Exported: Encodable {
    let runID: String
    let weightsHash: String
    /// Whether a gate decided what was kept.
    let gated: Bool
    /// Whether a model or adapter is what the run began with; absent where none was written.
    var isBase: Bool?
    var model: String?
    var adapter: String?
    var episodes: String?
    var count: Int?
    var unscorable: Int?

    init(runID: String, weightsHash: String, gated: Bool) {
        (self.runID, self.weightsHash, self.gated) = (runID, weightsHash, gated)
    }

    /// What is said of weights that nothing was learned in.
    private var note: String? {
        guard isBase == true else { return nil }
        let weights = model == nil ? "an adapter that changes nothing" : "the model that it began with"
        return "note: the run's incumbent is its base, so this is \(weights)"
    }

    /// For people.
    var text: String {
        let data = episodes.map { "episodes of run \(runID): \($0) (\(count ?? 0) written, \(unscorable ?? 0) unscorable left out)" }
        let folders = [model.map { "model of run \(runID): \($0)" }, adapter.map { "adapter of run \(runID): \($0)" }]
        let mark = gated ? nil : "run \(runID) was not gated: every candidate was kept, better or not"
        return (folders + [note, data, mark]).compactMap(\.self).joined(separator: "\n")
    }
}
