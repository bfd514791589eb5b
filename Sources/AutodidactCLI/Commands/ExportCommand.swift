import ArgumentParser
import Autodidact
import Backends
import Foundation
import LanguageModel
import Reports
import RunStore

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write what a run made: its model, or its episodes as a data set.",
        discussion: """
            The model is the incumbent, in the Hugging Face layout; of a run that trained an adapter, with the adapter merged into it. \
            Adapters are directories that PEFT loads, episodes JSON lines that TRL reads. Beside weights lies \
            autodidact-lineage.json: what led from one incumbent to the next.
            """)

    @Argument(help: "A run id, the beginning of one, or 'last'.")
    var name: String

    @Option(help: ArgumentHelp("Write the model into this new folder.", valueName: "dir"))
    var model: String?

    @Option(help: ArgumentHelp("Write the adapter into this new folder, for PEFT.", valueName: "dir"))
    var adapter: String?

    @Option(help: ArgumentHelp("Write the episodes to this new file.", valueName: "file"))
    var episodes: String?

    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if model == nil && adapter == nil && episodes == nil {
            throw ValidationError("nothing to export: give --model DIR, --adapter DIR or --episodes FILE")
        }
        if let model, model == adapter { throw ValidationError("--model and --adapter name the same folder '\(model)'") }
    }

    mutating func run() throws {
        let file = try episodes.map { path throws(BadInput) in try OutputPath.newFile(path, for: "--episodes") }
        let store = try store.openExisting()
        let run = try store.run(name)
        var exported = Exported(run.manifest, weightsHash: run.weightsHash)
        let folders = (model: try newFolder(model, option: "--model"), adapter: try newFolder(adapter, option: "--adapter"))
        if folders.model != nil || folders.adapter != nil {
            exported.isBase = try store.lineage(of: run.id).incumbent == 0
            let opened = try OpenedModel(run.manifest.model, on: try models.shelf()), transformer = opened.directory.transformer
            let weights = try SafetensorsFile(data: Data(try store.weights(of: run.id)), name: "the weights of run \(run.id)")
            let trained = try SnapshotForm.adapter(in: weights, of: transformer)
            if let folder = folders.adapter {
                guard let trained else {
                    throw BadInput("--adapter: run \(run.id) trained all weights and has no adapter; export them with --model")
                }
                try trained.save(to: folder, baseModel: run.manifest.model)
                try write(try store.lineage(of: run.id), beside: folder)
                exported.adapter = folder.path
            }
            if let folder = folders.model {
                if let trained {
                    trained.merge(into: transformer)
                } else {
                    try transformer.load(SafetensorsCollection(weights), name: weights.name)
                }
                try opened.directory.save(to: folder)
                try write(try store.lineage(of: run.id), beside: folder)
                exported.model = folder.path
            }
        }
        if let file {
            let count = try store.exportEpisodes(of: run.id, to: file)
            (exported.episodes, exported.count, exported.unscorable) = (file.path, count.exported, count.unscorable)
        }
        try output.console.show(exported, text: exported.text)
    }

    /// Says in a folder with weights where they came from.
    private func write(_ lineage: RunLineage, beside folder: URL) throws {
        try SystemDisk().writeAtomically(Data((try jsonText(lineage) + "\n").utf8), to: folder.appendingPathComponent(Self.lineageFile))
    }

    private static let lineageFile = "autodidact-lineage.json"

    /// Where an option asks for a folder that must not be there yet.
    private func newFolder(_ path: String?, option: String) throws(BadInput) -> URL? {
        guard let path else { return nil }
        return try OutputPath.newFolder(path, for: option)
    }
}
