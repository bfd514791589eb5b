import Autodidact

/// A learning state by the digests of its parts.
struct StoredSnapshot: Hashable, Sendable {
    let weights: String
    let optimizer: String
}

/// A learning state with the digests of its parts, ready to be stored.
struct HashedSnapshot: Sendable {
    let snapshot: PolicySnapshot
    let stored: StoredSnapshot

    /// Hashes the optimiser's part; the weights bring their digest along.
    init(_ snapshot: PolicySnapshot) {
        self.snapshot = snapshot
        stored = StoredSnapshot(weights: snapshot.weightsHash, optimizer: ContentHash.hexadecimal(of: snapshot.optimizer))
    }
}

extension ArtifactFolder {
    /// The state, checked against its digests.
    func snapshot(_ stored: StoredSnapshot) throws(StoreError) -> PolicySnapshot {
        PolicySnapshot(weights: try read(stored.weights), optimizer: try read(stored.optimizer))
    }
}
