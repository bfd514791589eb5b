import Foundation
import Testing

@testable import AutodidactCLI

extension CommandLineTests {
    @Suite("help")
    struct HelpTests {
        static let commands = [
            "", "run", "plan", "check", "eval", "recipes", "recipes show", "tasks", "tasks show", "models", "models show", "runs",
            "runs show", "runs verify", "runs compare", "runs archive", "runs delete", "rollback", "report", "export", "serve", "study",
            "pretrain", "bench", "doctor",
        ]
        static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/help")

        @Test("the commands that --conversation is recommended for have it", arguments: commands)
        func conversation(command: String) throws {
            let name = (["autodidact"] + command.split(separator: " ").map(String.init)).joined(separator: "-") + ".txt"
            let help = try String(contentsOf: Self.fixtures.appendingPathComponent(name), encoding: .utf8)
            #expect(help.contains("--conversation") == ConversationHelp.commands.contains(command))
        }

        /// A missing file is written and fails; RECORD=1 rewrites all.
        @Test("is what was reviewed", arguments: commands)
        func golden(command: String) async throws {
            let words = command.split(separator: " ").map(String.init)
            let outcome = try await Workplace.with { try await Program.run(words + ["--help"], in: $0.folder) }
            #expect(outcome.code == 0 && outcome.errors.isEmpty)
            let file = Self.fixtures.appendingPathComponent((["autodidact"] + words).joined(separator: "-") + ".txt")
            let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
            guard !isRecording, let golden = try? String(contentsOf: file, encoding: .utf8) else {
                try FileManager.default.createDirectory(at: Self.fixtures, withIntermediateDirectories: true)
                try Data(outcome.output.utf8).write(to: file)
                if !isRecording { Issue.record("wrote \(file.path); review it") }
                return
            }
            #expect(outcome.output == golden)
        }
    }
}
