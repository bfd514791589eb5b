import Autodidact

/// What stands of a finished run that was rolled back by hand, so that its sealed result is that of other weights.
struct Standing: Sendable, Hashable {
    /// The generation that the run went back to the end of; 0 is the base.
    let generation: Int
    /// What the incumbent is, for people.
    let incumbent: String
    /// SHA-256 of its weights.
    let weightsHash: String
    /// Whether that is what the run began with.
    let isBase: Bool
    /// The generation at whose end the withdrawn weights stood.
    let withdrawn: Int

    /// nil where the sealed result is the incumbent's, or nothing is known of it.
    init?(_ lineage: RunLineage?) {
        guard let lineage, lineage.isSealed == false else { return nil }
        generation = lineage.rollbacks.last?.to ?? lineage.incumbent
        isBase = lineage.incumbent == 0
        withdrawn = lineage.rollbacks.last?.after ?? lineage.incumbent
        incumbent = isBase ? "the base" : "what generation \(lineage.incumbent) made"
        weightsHash = lineage.incumbentHash
    }

    /// The headline.
    var headline: String {
        (generation == 0 ? "Rolled back to the base" : "Rolled back to the end of generation \(generation)")
            + ": the sealed result is that of weights that were withdrawn"
    }
}
