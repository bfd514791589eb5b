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
            Adapters are directories that PEFT loads. Beside weights lie README.md, a model card with the evidence, and \
            autodidact-lineage.json: what led from one incumbent to the next.

            Episodes are JSON lines with the columns that TRL expects: conversations where the model was asked by its chat template, else \
            plain text. What was not judged, held-out and sealed problems, and generations that failed safety or were taken back are \
            never among them.
            """)

    @Argument(help: "A run id, the beginning of one, or 'last'.")
    var name: String

    @Option(help: ArgumentHelp("Write the model into this new folder.", valueName: "dir"))
    var model: String?

    @Option(help: ArgumentHelp("Write the adapter into this new folder, for PEFT.", valueName: "dir"))
    var adapter: String?

    @OptionGroup var dataset: DatasetOptions
    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if model == nil && adapter == nil && dataset.episodes == nil {
            throw ValidationError("nothing to export: give --model DIR, --adapter DIR or --episodes FILE")
        }
        if let model, model == adapter { throw ValidationError("--model and --adapter name the same folder '\(model)'") }
    }

    mutating func run() throws {
        let files = try dataset.files()
        let store = try store.openExisting()
        let run = try store.run(name)
        var exported = Exported(run.manifest, weightsHash: run.weightsHash)
        let folders = (model: try newFolder(model, option: "--model"), adapter: try newFolder(adapter, option: "--adapter"))
        // What can be refused for what it holds comes first, so that nothing else has been written by then.
        if let files {
            let form = dataset.form ?? .usual, conversation = try RunConversation(of: run.manifest, on: try models.shelf())
            let count = try store.exportEpisodes(
                of: run.id, as: form, reading: conversation, to: files.rows, provenance: files.provenance)
            exported.data = ExportedData(
                form, count, asking: conversation, files: (rows: files.rows.path, provenance: files.provenance.path))
        }
        if folders.model != nil || folders.adapter != nil {
            let weights = try WeightsExport(of: run, in: store, on: try models.shelf())
            exported.isBase = weights.isBase
            if let folder = folders.adapter { exported.adapter = try weights.writeAdapter(to: folder) }
            if let folder = folders.model { exported.model = try weights.writeModel(to: folder) }
        }
        try output.console.show(exported, text: exported.text)
    }

    /// Where an option asks for a folder that must not be there yet.
    private func newFolder(_ path: String?, option: String) throws(BadInput) -> URL? {
        guard let path else { return nil }
        return try OutputPath.newFolder(path, for: option)
    }
}
