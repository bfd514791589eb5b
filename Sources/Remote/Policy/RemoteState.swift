import Autodidact
import Foundation

/// A saved state of an adapter: where it is, and how it is known again.
struct RemoteState: Sendable, Hashable {
    /// What weights are: hashed as `PolicySnapshot.weightsHash`.
    struct Weights: Sendable, Hashable, Codable {
        let baseModel: String
        let rank: Int
        let lineage: Lineage
    }

    /// Where weights and optimiser are.
    struct Place: Sendable, Hashable, Codable {
        /// As `save_weights` answered.
        let path: String
        /// The lineage of the weights there.
        let weights: Lineage
        /// The lineage of the optimiser's moments there.
        let memory: Lineage
        /// Logprobs of the fingerprint's tokens under these weights.
        let fingerprint: [Float]
    }

    let weights: Weights
    let place: Place

    /// Whether weights and place are of one state; a run may put the weights of one and the optimiser of another together.
    var isWhole: Bool { place.weights == weights.lineage }

    /// As a run keeps it: some hundred bytes, the weights themselves stay at the service.
    var snapshot: PolicySnapshot {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return PolicySnapshot(weights: [UInt8](try encoder.encode(weights)), optimizer: [UInt8](try encoder.encode(place)))
        }
    }

    init(weights: Weights, place: Place) { (self.weights, self.place) = (weights, place) }

    /// What a run has kept.
    init(_ snapshot: PolicySnapshot, url: String) throws(TinkerError) {
        do {
            weights = try JSONDecoder().decode(Weights.self, from: Data(snapshot.weights))
            place = try JSONDecoder().decode(Place.self, from: Data(snapshot.optimizer))
        } catch {
            throw .unusable(reason: "the snapshot is not one of a model at \(url); resume the run with the model that it began with")
        }
    }
}
