import ArgumentParser
import Reports

/// Where models are looked for.
struct ModelsOptions: ParsableArguments {
    @Option(
        name: .customLong("models"),
        help: ArgumentHelp(
            "Folder of named models. (default: Models in the working directory or above, else beside the program)", valueName: "dir"))
    var folder: String?

    /// The option as it has to be written again; empty where it was not given.
    var repeated: String { CommandPlaces.option("--models", folder) }

    func shelf() throws -> ModelShelf { try ModelShelf(folder: folder) }
}

extension CommandPlaces {
    /// What commands that go on with a run of this model need, where only the store was named.
    ///
    /// A run keeps the name of its model, not the folder: of a name that no usual folder has, the folder is left to be filled in.
    init(store: StoreOptions, model: String) {
        // A model that is no name is an absolute path; where no folder can be looked into none has the name.
        let isFound = model.contains("/") || (try? ModelShelf(folder: nil))?.models.contains { $0.name == model } ?? false
        self.init(store: store.repeated, models: isFound ? "" : " --models DIR")
    }
}
