import Foundation

/// The real binary, run as a user runs it.
enum Program {
    /// How a run of the program ended.
    struct Outcome: Sendable {
        let code: Int32
        /// Whether a signal ended it; `code` is then the signal's number.
        let wasKilled: Bool
        let output: String
        let errors: String

        /// Whether it failed with this code, nothing on stdout and one line `error: …` at the end of stderr.
        func failed(_ code: Int32, naming words: String...) -> Bool {
            let last = errors.split(separator: "\n").last ?? ""
            return !wasKilled && self.code == code && output.isEmpty && last.hasPrefix("error: ")
                && errors.split(separator: "\n").count { $0.hasPrefix("error: ") } == 1 && words.allSatisfy { last.contains($0) }
        }
    }

    /// The package's root.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the test bundle, among the build products.
    static let binary: URL = {
        let places = [Bundle.main.executableURL] + CommandLine.arguments.map { URL(fileURLWithPath: $0) }
        for place in places.compactMap(\.self) {
            var folder = place
            while folder.path != "/" {
                folder.deleteLastPathComponent()
                let candidate = folder.appendingPathComponent("autodidact")
                if isProgram(candidate) { return candidate }
            }
        }
        return root.appendingPathComponent(".build/release/autodidact")
    }()

    /// Runs the program to its end.
    static func run(_ arguments: [String], in folder: URL, through shell: String? = nil) async throws -> Outcome {
        try await RunningProgram(arguments, in: folder, through: shell).end()
    }

    private static func isProgram(_ file: URL) -> Bool {
        FileManager.default.isExecutableFile(atPath: file.path) && !FileManager.default.fileExists(atPath: file.path + "/")
    }
}
