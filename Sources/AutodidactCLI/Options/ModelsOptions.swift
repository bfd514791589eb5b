import ArgumentParser

/// Where models are looked for.
struct ModelsOptions: ParsableArguments {
    @Option(
        name: .customLong("models"),
        help: ArgumentHelp(
            "Folder of named models. (default: Models in the working directory or above, else beside the program)", valueName: "dir"))
    var folder: String?

    func shelf() throws -> ModelShelf { try ModelShelf(folder: folder) }
}
