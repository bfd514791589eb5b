import Foundation

/// A folder of a test's own, removed when the test is over.
struct Workplace: Sendable {
    let folder: URL

    /// Does something in a new folder.
    static func with<Result>(_ work: (Workplace) async throws -> Result) async throws -> Result {
        let name = "autodidact-command-\(UUID().uuidString)"
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await work(Workplace(folder: folder))
    }

    /// Runs the program here.
    func run(_ arguments: String..., through shell: String? = nil) async throws -> Program.Outcome {
        try await Program.run(arguments, in: folder, through: shell)
    }

    /// Starts the program here.
    func start(_ arguments: [String]) -> RunningProgram {
        RunningProgram(arguments, in: folder)
    }

    /// A copy of the committed base model, to be damaged.
    func copiedModel() throws -> URL {
        let copy = folder.appendingPathComponent("model")
        try FileManager.default.copyItem(at: Program.root.appendingPathComponent("Models/seedling").resolvingSymlinksInPath(), to: copy)
        return copy
    }
}

/// The settings of a run that takes seconds, and whose sampling and training take long enough to be met half-way.
enum TinyRun {
    static let settings = [
        "recipe.problems=260", "recipe.sequencesPerStep=16", "evaluation.problems=40", "evaluation.samplesPerProblem=4",
        "evaluation.sealedProblems=40",
    ]

    /// `run` with these settings.
    static func arguments(_ more: String..., generations: Int = 2) -> [String] {
        ["run", "expert-iteration", "--generations", "\(generations)", "--json", "--progress"] + more + ["--set"] + settings
    }
}
