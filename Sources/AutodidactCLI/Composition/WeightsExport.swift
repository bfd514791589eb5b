import Autodidact
import Backends
import Foundation
import LanguageModel
import Reports
import RunStore

/// The weights of a run's incumbent with the model that they belong to, to be written with a card and their lineage beside them.
struct WeightsExport {
    private let opened: OpenedModel
    private let weights: SafetensorsFile
    private let adapter: LowRankAdapter?
    private let dossier: RunDossier
    private let lineage: RunLineage

    /// Reads the model, and the run's weights against it.
    init(of run: RunOverview, in store: RunStore, on shelf: ModelShelf) throws {
        opened = try OpenedModel(run.manifest.model, on: shelf)
        weights = try SafetensorsFile(data: Data(try store.weights(of: run.id)), name: "the weights of run \(run.id)")
        adapter = try SnapshotForm.adapter(in: weights, of: opened.directory.transformer)
        lineage = try store.lineage(of: run.id)
        dossier = RunDossier(
            manifest: run.manifest, baseline: try store.baseline(of: run.id), generations: try store.generations(of: run.id),
            lineage: lineage, summary: run.state == .finished ? try store.summary(of: run.id) : nil, spent: run.spent)
    }

    /// Whether they are what the run began with.
    var isBase: Bool { lineage.incumbent == 0 }

    /// Writes the adapter's directory, and gives its path.
    func writeAdapter(to folder: URL) throws -> String {
        guard let adapter else {
            throw BadInput("--adapter: run \(lineage.runID) trained all weights and has no adapter; export them with --model")
        }
        try adapter.save(to: folder, baseModel: dossier.manifest.model)
        try describe(.adapter, in: folder)
        return folder.path
    }

    /// Writes the model's directory, an adapter merged into it, and gives its path.
    func writeModel(to folder: URL) throws -> String {
        if let adapter {
            adapter.merge(into: opened.directory.transformer)
        } else {
            try opened.directory.transformer.load(SafetensorsCollection(weights), name: weights.name)
        }
        try opened.directory.save(to: folder)
        try describe(.model, in: folder)
        return folder.path
    }

    /// Says in a folder with weights what they are and where they came from.
    private func describe(_ kind: RunCard.Kind, in folder: URL) throws {
        let disk = SystemDisk()
        try disk.writeAtomically(Data(RunCard(dossier, of: kind).text.utf8), to: folder.appendingPathComponent(ModelCard.fileName))
        try disk.writeAtomically(Data((try jsonText(lineage) + "\n").utf8), to: folder.appendingPathComponent(Self.lineageFile))
    }

    private static let lineageFile = "autodidact-lineage.json"
}
