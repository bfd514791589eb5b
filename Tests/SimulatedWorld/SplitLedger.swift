import Autodidact
import Foundation

/// A ledger that is wrong on purpose: a promotion takes two transactions, first the generation, then the incumbent.
///
/// Each is an atomic file; only together they are not.
struct SplitLedger: RunLedger {
    private struct Opening: Codable {
        let manifest: RunManifest
        let baseline: EvaluationResult
    }

    private struct Generation: Codable {
        let record: GenerationRecord
        let episodes: [Episode]
    }

    let folder: URL
    let disk: any Disk

    init(folder: URL, disk: any Disk) throws {
        self.folder = folder
        self.disk = disk
        try disk.createDirectory(folder)
    }

    func begin(_ manifest: RunManifest, base: PolicySnapshot, baseline: EvaluationResult, spent: RunExpense) async throws {
        try write(base, as: "base")
        try write(base, as: "incumbent")
        try write(Opening(manifest: manifest, baseline: baseline), as: "opening")
    }

    func commit(_ generation: GenerationRecord, episodes: [Episode], promoted: PolicySnapshot?, spent: RunExpense) async throws {
        try write(Generation(record: generation, episodes: episodes), as: "generation-\(generation.number)")
        if let promoted { try write(promoted, as: "incumbent") }
    }

    func episodes(of generation: Int) async throws -> [Episode] { try read(Generation.self, "generation-\(generation)").episodes }

    func finish(_ summary: RunSummary) async throws { try write(summary, as: "summary") }

    func resumePoint() async throws -> ResumePoint {
        let opening = try read(Opening.self, "opening")
        return ResumePoint(
            manifest: opening.manifest, base: try snapshot("base"), baseline: opening.baseline, incumbent: try snapshot("incumbent"),
            generations: try generations.map(\.record), spent: RunExpense())
    }

    /// All that is there; nil where there is no run.
    func state() throws -> StoredState? {
        guard disk.exists(file("opening")) else { return nil }
        return StoredState(
            baseHash: try snapshot("base").weightsHash, baseline: try read(Opening.self, "opening").baseline,
            generations: try generations.map(\.record), episodes: try generations.map(\.episodes),
            incumbentHash: try snapshot("incumbent").weightsHash,
            summary: disk.exists(file("summary")) ? try read(RunSummary.self, "summary") : nil)
    }

    private var generations: [Generation] {
        get throws {
            try (1...100).prefix { disk.exists(file("generation-\($0)")) }.map { try read(Generation.self, "generation-\($0)") }
        }
    }

    private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    private func write(_ snapshot: PolicySnapshot, as name: String) throws {
        try write([snapshot.weights, snapshot.optimizer], as: name)
    }

    private func snapshot(_ name: String) throws -> PolicySnapshot {
        let parts = try read([[UInt8]].self, name)
        return PolicySnapshot(weights: parts[0], optimizer: parts[1])
    }

    private func write(_ value: some Encodable, as name: String) throws {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "+", negativeInfinity: "-", nan: "?")
        try disk.writeAtomically(try encoder.encode(value), to: file(name))
    }

    private func read<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(positiveInfinity: "+", negativeInfinity: "-", nan: "?")
        return try decoder.decode(type, from: try disk.read(file(name)))
    }
}
