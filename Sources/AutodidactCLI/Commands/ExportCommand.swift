import ArgumentParser
import Autodidact
import Foundation
import LanguageModel
import RunStore

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write what a run made: its model, or its episodes as a data set.",
        discussion: "The model is the incumbent, in the Hugging Face layout. Episodes are JSON lines that TRL reads.")

    @Argument(help: "A run id, the beginning of one, or 'last'.")
    var name: String

    @Option(help: ArgumentHelp("Write the model into this new folder.", valueName: "dir"))
    var model: String?

    @Option(help: ArgumentHelp("Write the episodes to this file.", valueName: "file"))
    var episodes: String?

    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if model == nil && episodes == nil { throw ValidationError("nothing to export: give --model DIR, --episodes FILE, or both") }
    }

    mutating func run() throws {
        let store = try store.openExisting()
        let run = try store.run(name)
        var exported = Exported(runID: run.id, weightsHash: run.weightsHash)
        if let model {
            let folder = URL(fileURLWithPath: model).standardizedFileURL
            guard !FileManager.default.fileExists(atPath: folder.path) else { throw BadInput("--model: '\(model)' exists already") }
            let base = try OpenedModel(run.manifest.model, on: try models.shelf())
            let weights = try SafetensorsFile(data: Data(try store.weights(of: run.id)), name: "the weights of run \(run.id)")
            try base.directory.transformer.load(SafetensorsCollection(weights), name: weights.name)
            try base.directory.save(to: folder)
            exported.model = folder.path
        }
        if let episodes {
            let file = URL(fileURLWithPath: episodes).standardizedFileURL
            let count = try store.exportEpisodes(of: run.id, to: file)
            (exported.episodes, exported.count, exported.unscorable) = (file.path, count.exported, count.unscorable)
        }
        try output.console.show(exported, text: exported.text)
    }
}

/// What an export wrote.
private struct Exported: Encodable {
    let runID: String
    let weightsHash: String
    var model: String?
    var episodes: String?
    var count: Int?
    var unscorable: Int?

    init(runID: String, weightsHash: String) {
        (self.runID, self.weightsHash) = (runID, weightsHash)
    }

    var text: String {
        let data = episodes.map { "episodes of run \(runID): \($0) (\(count ?? 0) written, \(unscorable ?? 0) unscorable left out)" }
        return [model.map { "model of run \(runID): \($0)" }, data].compactMap(\.self).joined(separator: "\n")
    }
}
