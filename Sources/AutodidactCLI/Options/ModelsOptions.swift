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
