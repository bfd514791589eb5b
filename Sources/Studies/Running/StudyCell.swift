import Autodidact
import Foundation

/// One arm with one seed, finished.
public struct StudyCell: Sendable, Hashable, Codable {
    /// What decided its result: two cells with equal fingerprints are the same work.
    public let fingerprint: String
    /// The arm's name.
    public let arm: String
    /// The seed.
    public let seed: UInt64
    /// What it measured.
    public let measurements: Measurements
    /// The tokens it took.
    public let tokens: StudyTokens
    /// Wall seconds: measured, so never part of what must be reproducible.
    public let seconds: Double

    /// A finished cell.
    public init(
        fingerprint: String, arm: String, seed: UInt64, measurements: Measurements, tokens: StudyTokens, seconds: Double
    ) {
        self.fingerprint = fingerprint
        self.arm = arm
        self.seed = seed
        self.measurements = measurements
        self.tokens = tokens
        self.seconds = seconds
    }
}

/// Tokens that went through a policy.
public struct StudyTokens: Sendable, Hashable, Codable {
    /// Sampled for training: what arms have in equal measure.
    public var sampled: Int
    /// Scored for training: references, judges, critics.
    public var scored: Int
    /// Passed through the trainer, contexts included.
    public var trained: Int
    /// Sampled to measure, which no arm learns from.
    public var evaluated: Int

    /// None unless given.
    public init(sampled: Int = 0, scored: Int = 0, trained: Int = 0, evaluated: Int = 0) {
        self.sampled = sampled
        self.scored = scored
        self.trained = trained
        self.evaluated = evaluated
    }
}

extension StudyTokens {
    /// Refuses what is no count.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sampled = try container.decodeCount(forKey: .sampled)
        scored = try container.decodeCount(forKey: .scored)
        trained = try container.decodeCount(forKey: .trained)
        evaluated = try container.decodeCount(forKey: .evaluated)
    }
}

/// What decides the result of a cell, and so its fingerprint.
struct CellIdentity: Codable {
    let study: String
    let arm: String
    let settings: [String: String]
    let scale: StudyScale
    let seed: UInt64
    let draw: Int
    let weightsHash: String
    let versions: [String: String]

    /// SHA-256 of the whole.
    func fingerprint() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return ContentHash.hexadecimal(of: try encoder.encode(self))
    }
}
