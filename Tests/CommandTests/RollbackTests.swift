import Foundation
import Testing

extension CommandLineTests {
    @Suite("rollback and the care of runs")
    struct RollbackTests {
        private static let models = RunTests.models
        /// Two generations, the first of which is promoted.
        private static let arguments =
            ["run", "expert-iteration", "--generations", "2", "--json", "--progress"] + models + [
                "--set", "recipe.problems=260", "recipe.sequencesPerStep=16", "evaluation.problems=100", "evaluation.samplesPerProblem=8",
                "evaluation.sealedProblems=40", "gate.confidence=0.6", "gate.greedyLevel=0",
            ]

        private static func object(_ outcome: Program.Outcome) throws -> [String: Any] {
            try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
        }

        @Test("an unfinished run goes on from the earlier incumbent, to the same end each time")
        func unfinished() async throws {
            try await Workplace.with { place in
                let program = place.start(Self.arguments)
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(SIGKILL)
                _ = try await program.end()
                let before = try #require(try await RunTests.runs(place).first), id = try #require(before["runID"] as? String)
                #expect(before["promotions"] as? Int == 1)
                #expect(try await place.run("rollback", "last").failed(2, naming: "by its id"))
                #expect(try await place.run("rollback", id, "--to", "7").failed(2, naming: id, "7"))
                let done = try Self.object(try await place.run("rollback", id, "--reason", "too terse", "--json"))
                #expect(done["to"] as? Int == 0 && done["incumbent"] as? Int == 0 && done["reason"] as? String == "too terse")
                #expect(done["fromHash"] as? String == before["weightsHash"] as? String && done["at"] is Double)
                #expect(try await place.run("rollback", id).failed(2, naming: "base is still the incumbent"))
                let shown = try Self.object(try await place.run("runs", "show", id, "--json"))
                #expect(shown["rolledBackTo"] as? Int == 0 && shown["weightsHash"] as? String == done["weightsHash"] as? String)
                let lineage = try #require(shown["lineage"] as? [String: Any])
                #expect((lineage["rollbacks"] as? [[String: Any]])?.first?["reason"] as? String == "too terse")
                #expect((lineage["steps"] as? [[String: Any]])?.first?["isAncestor"] as? Bool == false)

                let (here, copy) = (place.folder.appendingPathComponent(".autodidact"), place.folder.appendingPathComponent("copy"))
                try FileManager.default.copyItem(at: here, to: copy)
                let resumed = try await Program.run(["run", "--resume", id, "--json"] + Self.models, in: place.folder)
                let again = try await Program.run(
                    ["run", "--resume", id, "--json", "--store", "copy"] + Self.models, in: place.folder)
                #expect(try RunTests.weights(resumed) == RunTests.weights(again))
                #expect(try await place.run("runs", "verify").code == 0)
            }
        }

        @Test("a finished run is rolled back for export, verified, compared, archived and deleted")
        func finished() async throws {
            try await Workplace.with { place in
                let result = try Self.object(try await Program.run(Self.arguments, in: place.folder))
                let id = try #require(result["runID"] as? String)
                let base = try Self.object(try await Program.run(["models", "show", "seedling", "--json"] + Self.models, in: place.folder))
                let here = place.folder.appendingPathComponent(".autodidact")
                #expect(try await place.run("rollback", id, "--to", "0").code == 0)
                let run = try #require(try await RunTests.runs(place).first)
                #expect(run["state"] as? String == "finished" && run["rolledBackTo"] as? Int == 0)
                #expect(run["before"] as? Double == run["after"] as? Double, "the sealed result is not that of the base")
                let standing = try Self.object(try await place.run("runs", "show", id, "--json"))
                #expect(standing["rolledBackTo"] as? Int == 0 && standing["incumbentHash"] as? String == run["weightsHash"] as? String)
                #expect(standing["weightsHash"] as? String == result["weightsHash"] as? String, "the sealed result is still of those")
                let shown = try await place.run("runs", "show", id)
                #expect(shown.output.contains("Rolled back to the base") && shown.output.contains("stands      the base"), "\(shown)")
                #expect(shown.output.contains("take back   autodidact rollback \(id) --to 2"), "\(shown)")
                #expect(try await place.run("run", "--resume", id).failed(2, naming: "already finished", "start a new run"))
                #expect(try await Program.run(["export", id, "--model", "out"] + Self.models, in: place.folder).code == 0)
                let model = try Self.object(try await place.run("models", "show", "./out", "--json"))
                #expect(model["weightsHash"] as? String == base["weightsHash"] as? String)
                let file = place.folder.appendingPathComponent("out/autodidact-lineage.json")
                let lineage = try #require(try json(try String(contentsOf: file, encoding: .utf8)) as? [String: Any])
                #expect(lineage["runID"] as? String == id && lineage["isSealed"] as? Bool == false)

                let compared = try Self.object(try await place.run("runs", "compare", id, id, "--json"))
                #expect(compared["split"] as? String == "held-out" && compared["n"] as? Int == 100)
                #expect((compared["difference"] as? [String: Double])?["estimate"] == 0)

                #expect(try await place.run("runs", "archive", id, "kept").code == 0)
                #expect(try await place.run("runs", "archive", id, "kept").failed(2, naming: "exists already"))
                #expect(try await place.run("runs", "archive", id, "nowhere/kept").failed(2, naming: "nowhere"))
                #expect(try await place.run("runs", "verify", id, "--store", "kept").code == 0)
                try await Self.expectDamageIsFound(place, store: "kept")
                let half = String(id.prefix(8))
                #expect(try await place.run("runs", "delete", half).failed(2, naming: "'\(half)'", "whole id", "runs delete \(id)"))
                #expect(try await place.run("runs", "delete", id).code == 0)
                #expect(!FileManager.default.fileExists(atPath: here.appendingPathComponent("locks/\(id).run.lock").path))
                #expect(try await RunTests.runs(place).isEmpty)
            }
        }

        /// Cuts an artifact and looks at what `runs verify` says.
        private static func expectDamageIsFound(_ place: Workplace, store: String) async throws {
            let folder = place.folder.appendingPathComponent(store).appendingPathComponent("artifacts")
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.contains("/") }
            let file = folder.appendingPathComponent(try #require(names.sorted().first))
            try Data(try Data(contentsOf: file).dropLast()).write(to: file)
            let outcome = try await place.run("runs", "verify", "--store", store)
            #expect(outcome.code == 1 && outcome.output.contains(file.lastPathComponent), "\(outcome)")
            let found = try #require(try json(try await place.run("runs", "verify", "--store", store, "--json").output) as? [String: Any])
            #expect((found["findings"] as? [[String: Any]])?.count == 1)
            let database = place.folder.appendingPathComponent(store).appendingPathComponent("runs.sqlite")
            try Data("no database".utf8).write(to: database)
            #expect(try await place.run("runs", "verify", "--store", store).code == 1)
        }
    }
}
