/// What an export wrote.
struct Exported: Encodable {
    let runID: String
    let weightsHash: String
    /// Whether a model or adapter is what the run began with; absent where none was written.
    var isBase: Bool?
    var model: String?
    var adapter: String?
    var episodes: String?
    var count: Int?
    var unscorable: Int?

    init(runID: String, weightsHash: String) {
        (self.runID, self.weightsHash) = (runID, weightsHash)
    }

    /// What is said of weights that nothing was learned in.
    private var note: String? {
        guard isBase == true else { return nil }
        let weights = model == nil ? "an adapter that changes nothing" : "the model that it began with"
        return "note: no candidate of the run was promoted, so this is \(weights)"
    }

    /// For people.
    var text: String {
        let data = episodes.map { "episodes of run \(runID): \($0) (\(count ?? 0) written, \(unscorable ?? 0) unscorable left out)" }
        let folders = [model.map { "model of run \(runID): \($0)" }, adapter.map { "adapter of run \(runID): \($0)" }]
        return (folders + [note, data]).compactMap(\.self).joined(separator: "\n")
    }
}
