import Autodidact

/// What an export wrote.
struct Exported: Encodable {
    let runID: String
    let weightsHash: String
    /// Whether a gate decided what was kept.
    let gated: Bool
    /// What surrounded the programs of the policy; absent where it wrote none.
    let confinement: Confinement?
    /// Whether a model or adapter is what the run began with; absent where none was written.
    var isBase: Bool?
    var model: String?
    var adapter: String?
    /// What was written of the episodes, beside the other fields; absent where nothing was.
    var data: ExportedData?

    init(_ manifest: RunManifest, weightsHash: String) {
        (runID, self.weightsHash, gated, confinement) = (manifest.runID, weightsHash, manifest.isGated, manifest.confinement)
    }

    private enum CodingKeys: String, CodingKey {
        case runID, weightsHash, gated, confinement, isBase, model, adapter
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(runID, forKey: .runID)
        try container.encode(weightsHash, forKey: .weightsHash)
        try container.encode(gated, forKey: .gated)
        try container.encodeIfPresent(confinement, forKey: .confinement)
        try container.encodeIfPresent(isBase, forKey: .isBase)
        try container.encodeIfPresent(model, forKey: .model)
        try container.encodeIfPresent(adapter, forKey: .adapter)
        try data?.encode(to: encoder)
    }

    /// What is said of weights that nothing was learned in.
    private var note: String? {
        guard isBase == true else { return nil }
        let weights = model == nil ? "an adapter that changes nothing" : "the model that it began with"
        return "note: the run's incumbent is its base, so this is \(weights)"
    }

    /// For people.
    var text: String {
        let folders = [model.map { "model of run \(runID): \($0)" }, adapter.map { "adapter of run \(runID): \($0)" }]
        let mark = gated ? nil : "run \(runID) was not gated: every candidate was kept, better or not"
        let wall = confinement == Confinement.none ? "run \(runID) was not confined: what the model wrote ran without a sandbox" : nil
        return (folders + [note] + (data?.lines(of: runID) ?? []) + [mark, wall]).compactMap(\.self).joined(separator: "\n")
    }
}
