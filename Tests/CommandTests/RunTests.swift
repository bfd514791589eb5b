import Foundation
import Testing

extension CommandLineTests {
    /// One uninterrupted run is the yardstick for all that are interrupted, split or spread over cores.
    @Suite("a run")
    struct RunTests {
        static let models = ["--models", Program.root.appendingPathComponent("Models").path]
        static let arguments = TinyRun.arguments() + models
        static let uninterrupted = Task {
            let two = ["--cores", "\(min(2, ProcessInfo.processInfo.activeProcessorCount))"]
            return try await Workplace.with { try await Program.run(arguments + two, in: $0.folder) }
        }

        /// The final weights of a run's outcome.
        static func weights(_ outcome: Program.Outcome) throws -> String {
            let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
            return try #require(result["weightsHash"] as? String)
        }

        /// The runs of a workplace's store.
        static func runs(_ place: Workplace) async throws -> [[String: Any]] {
            try #require(try json(try await place.run("runs", "--json").output) as? [[String: Any]])
        }

        @Test("goes from the base to the report, and its JSON has all fields")
        func whole() async throws {
            try await Workplace.with { place in
                let start = ContinuousClock.now
                let outcome = try await Program.run(Self.arguments, in: place.folder)
                let wall = (ContinuousClock.now - start) / .seconds(1)
                #expect(outcome.code == 0, "\(outcome)")
                let result = try #require(try json(outcome.output) as? [String: Any])
                for name in ["runID", "recipe", "task", "weightsHash", "report"] { #expect(result[name] is String, "\(name)") }
                for name in ["seed", "k", "n", "promotions", "rollbacks", "tokensSampled", "tokensTrained"] {
                    #expect(result[name] is Int, "\(name)")
                }
                for side in ["before", "after"] {
                    #expect(Set((result[side] as? [String: Double] ?? [:]).keys) == ["meanAtK", "passAtK", "greedy"])
                }
                #expect(Set((result["difference"] as? [String: Double] ?? [:]).keys) == ["estimate", "low", "high"])
                #expect(result["pValue"] is Double)
                let seconds = try #require(result["seconds"] as? [String: Double])
                let phases = ["sample", "verify", "train", "evaluate", "write"].compactMap { seconds[$0] }
                let total = try #require(seconds["total"])
                #expect(phases.count == 5 && phases.reduce(0, +) >= 0.98 * total && total <= wall)
                let page = try String(contentsOfFile: try #require(result["report"] as? String), encoding: .utf8)
                let id = try #require(result["runID"] as? String)
                #expect(page.contains("</html>") && page.contains(id))
                try await checkStore(place, weights: try Self.weights(outcome))
            }
        }

        /// What the other commands say of the finished run.
        private func checkStore(_ place: Workplace, weights: String) async throws {
            let run = try #require(try await Self.runs(place).first)
            let id = try #require(run["runID"] as? String)
            #expect(run["state"] as? String == "finished")
            #expect(try await place.run("run", "--resume", id).failed(2, naming: id, "already finished"))
            #expect(try await place.run("report", "nothing-like-it").failed(2, naming: "nothing-like-it"))
            #expect(try await place.run("report", String(id.dropLast()) + "7").failed(2, naming: id))
            let page = try await place.run("report", "last", "--output", "page.html")
            #expect(page.code == 0 && FileManager.default.fileExists(atPath: place.folder.appendingPathComponent("page.html").path))
            let export = try await Program.run(
                ["export", "last", "--model", "out", "--episodes", "episodes.jsonl"] + Self.models, in: place.folder)
            #expect(export.code == 0, "\(export)")
            let lines = try String(contentsOf: place.folder.appendingPathComponent("episodes.jsonl"), encoding: .utf8).split(
                separator: "\n")
            #expect(lines.count == 2 * 260 * 8)
            try await ExportTests.check(place, rows: lines.count, run: id)
            let model = try #require(try json(try await place.run("models", "show", "./out", "--json").output) as? [String: Any])
            #expect(model["weightsHash"] as? String == weights)
            #expect(
                try await Program.run(["export", "last", "--model", "out"] + Self.models, in: place.folder).failed(2, naming: "exists"))
            #expect(try await place.run("runs", "delete", id).code == 0)
            #expect(try await Self.runs(place).isEmpty)
        }

        @Test("gives the same weights on one core as on two")
        func cores() async throws {
            let one = try await Workplace.with { try await Program.run(Self.arguments + ["--cores", "1"], in: $0.folder) }
            #expect(try Self.weights(one) == Self.weights(try await Self.uninterrupted.value))
        }

        /// What stands on stderr when the program is killed, and how many generations are committed by then.
        @Test(
            "killed at any point goes on to the same weights",
            arguments: [("progress sample 1024/2080", 0), ("progress train ", 0), ("generation 2 of 2", 1)])
        func killed(at mark: String, committed: Int) async throws {
            try await Workplace.with { place in
                let program = place.start(Self.arguments)
                #expect(await program.reaches { $0.contains(mark) })
                program.send(SIGKILL)
                #expect(try await program.end().wasKilled)
                let run = try #require(try await Self.runs(place).first)
                #expect(run["state"] as? String == "interrupted" && run["generations"] as? Int == committed)
                let resumed = try await Program.run(["run", "--resume", "last", "--json"] + Self.models, in: place.folder)
                #expect(try Self.weights(resumed) == Self.weights(try await Self.uninterrupted.value))
            }
        }

        @Test("of the default recipe, killed between two of its steps, goes on to the same weights")
        func killedBetweenSteps() async throws {
            let settings = ["recipe.steps=4", "recipe.problemsPerStep=16"] + TinyRun.settings.filter { $0.hasPrefix("evaluation") }
            let arguments = ["run", "--generations", "2", "--json", "--progress"] + Self.models + ["--set"] + settings
            let whole = try await Workplace.with { try await Program.run(arguments, in: $0.folder) }
            try await Workplace.with { place in
                let program = place.start(arguments)
                #expect(
                    await program.reaches { text in
                        text.range(of: "generation 2 of 2").map { text[$0.upperBound...].contains("progress train") } ?? false
                    })
                program.send(SIGKILL)
                #expect(try await program.end().wasKilled)
                #expect(try await Self.runs(place).first?["generations"] as? Int == 1)
                let resumed = try await Program.run(["run", "--resume", "last", "--json"] + Self.models, in: place.folder)
                #expect(try Self.weights(resumed) == Self.weights(whole))
            }
        }

        @Test("stops on a signal with code 130, says how to go on, and does", arguments: [SIGINT, SIGTERM])
        func interrupted(by signal: Int32) async throws {
            try await Workplace.with { place in
                let program = place.start(Self.arguments)
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(signal)
                let outcome = try await program.end()
                #expect(outcome.code == 130 && !outcome.wasKilled && outcome.output.isEmpty, "\(outcome)")
                let run = try #require(try await Self.runs(place).first)
                let id = try #require(run["runID"] as? String)
                #expect(run["generations"] as? Int == 1 && run["state"] as? String == "interrupted")
                #expect(outcome.errors.contains("autodidact run --resume \(id)"))
                let other = try await Program.run(["run", "grpo", "--resume", id] + Self.models, in: place.folder)
                #expect(other.failed(2, naming: "expert-iteration"))
                let changed = try await Program.run(["run", "--resume", id, "--seed", "9"] + Self.models, in: place.folder)
                #expect(changed.failed(2, naming: "seed=1"))
                let resumed = try await Program.run(
                    ["run", "--resume", id, "--generations", "2", "--json"] + Self.models, in: place.folder)
                #expect(try Self.weights(resumed) == Self.weights(try await Self.uninterrupted.value))
            }
        }

        @Test("ends at once on the second signal")
        func secondSignal() async throws {
            try await Workplace.with { place in
                let program = place.start(Self.arguments)
                #expect(await program.reaches { $0.contains("generation 1 of 2") })
                program.send(SIGINT)
                #expect(await program.reaches { $0.contains("stopping") })
                program.send(SIGINT)
                let outcome = try await program.end()
                #expect(outcome.code == 130 && !outcome.wasKilled)
            }
        }

        @Test("is written by one process only")
        func twoProcesses() async throws {
            try await Workplace.with { place in
                let program = place.start(Self.arguments)
                #expect(await program.reaches { $0.contains("generation 1 of 2") })
                program.send(SIGSTOP)
                #expect(try await Self.runs(place).first?["state"] as? String == "running")
                let second = try await Program.run(["run", "--resume", "last"] + Self.models, in: place.folder)
                #expect(second.failed(1, naming: "process"), "\(second)")
                program.send(SIGKILL)
                _ = try await program.end()
            }
        }

        @Test("with another base model than it began with is refused")
        func otherWeights() async throws {
            try await Workplace.with { place in
                let model = try place.copiedModel()
                let program = place.start(TinyRun.arguments("--model", "./model"))
                #expect(await program.reaches { $0.contains("generation 1 of 2") })
                program.send(SIGKILL)
                _ = try await program.end()
                let file = model.appendingPathComponent("model.safetensors")
                var bytes = try Data(contentsOf: file)
                bytes[bytes.count - 1] ^= 1
                try bytes.write(to: file)
                #expect(try await place.run("run", "--resume", "last").failed(2, naming: "weights"))
            }
        }

        @Test("whose learning rate ruins the model rolls every generation back and says so")
        func harmful() async throws {
            try await Workplace.with { place in
                let outcome = try await Program.run(Self.arguments + ["--set", "recipe.learningRate=0.05"], in: place.folder)
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                #expect(result["promotions"] as? Int == 0 && result["rollbacks"] as? Int == 2)
                #expect((result["difference"] as? [String: Double])?["estimate"] == 0)
                #expect(outcome.errors.contains("generation 2 rolled back"))
                let export = try await Program.run(["export", "last", "--model", "out"] + Self.models, in: place.folder)
                #expect(export.output.contains("incumbent is its base, so this is the model that it began with"), "\(export)")
            }
        }
    }
}
