import Foundation
import Testing

extension CommandLineTests {
    @Suite("disks")
    struct DiskTests {
        static let small = [
            "run", "expert-iteration", "--generations", "1", "--models", Program.root.appendingPathComponent("Models").path, "--set",
            "recipe.problems=8",
            "evaluation.problems=8", "evaluation.samplesPerProblem=1", "evaluation.sealedProblems=8",
        ]

        @Test("a store that cannot be made because a file is in its place ends with code 2", arguments: ["file/store", "file"])
        func unwritable(store: String) async throws {
            try await Workplace.with { place in
                let file = place.folder.appendingPathComponent("file")
                try Data("no folder".utf8).write(to: file)
                let outcome = try await Program.run(Self.small + ["--store", store], in: place.folder)
                #expect(outcome.failed(2, naming: "--store: '\(store)'", "not a folder"), "\(outcome)")
            }
        }

        @Test(
            "a store or a model's folder that the system refuses to make ends with code 2, before any work",
            .enabled(if: FileManager.default.fileExists(atPath: "/proc/self")), arguments: ["run --store", "pretrain --output"])
        func refusedFolder(command: String) async throws {
            try await Workplace.with { place in
                let words = command.split(separator: " ").map(String.init)
                let arguments = words[0] == "run" ? Self.small : [words[0]]
                let outcome = try await Program.run(arguments + [words[1], "/proc/autodidact"], in: place.folder)
                #expect(outcome.failed(2, naming: "\(words[1]): '/proc/autodidact' cannot be made", "choose another path"), "\(outcome)")
            }
        }

        @Test("a full disk ends with code 1, and the run with it", arguments: [300, 30])
        func full(kilobytes: Int) async throws {
            try await Workplace.with { place in
                // A limit on the size of files, met as an error and not as a signal, is what a full disk looks like.
                let shell = "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$@\""
                let outcome = try await Program.run(Self.small, in: place.folder, through: shell)
                #expect(outcome.failed(1, naming: ".autodidact"), "\(outcome)")
            }
        }

        @Test("a result that cannot be printed ends with code 1", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
        func fullOutput() async throws {
            let outcome = try await Workplace.with { try await $0.run("recipes", through: "exec \"$@\" >/dev/full") }
            #expect(outcome.failed(1), "\(outcome)")
        }

        @Test("a store of a newer version, or a damaged one, ends with code 2")
        func newerStore() async throws {
            try await Workplace.with { place in
                #expect(try await Program.run(Self.small, in: place.folder).code == 0)
                let file = place.folder.appendingPathComponent(".autodidact/runs.sqlite")
                var bytes = try Data(contentsOf: file)
                bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])  // SQLite's user_version
                try bytes.write(to: file)
                #expect(try await place.run("runs").failed(2, naming: "runs.sqlite", "99", "newer"))
                try Data("nonsense, and quite a lot of it".utf8).write(to: file)
                #expect(try await place.run("runs").failed(2, naming: "runs.sqlite", "damaged"))
            }
        }
    }
}
