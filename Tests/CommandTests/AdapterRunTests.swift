import Foundation
import Testing

extension CommandLineTests {
    @Suite("a run that trains an adapter")
    struct AdapterRunTests {
        private static let models = ["--models", Program.root.appendingPathComponent("Models").path]
        /// Enough to learn something, under a gate that lets it through.
        private static let arguments =
            ["run", "grpo", "--generations", "2", "--json", "--progress"] + models + [
                "--set", "recipe.steps=12", "recipe.problemsPerStep=32", "recipe.learningRate=0.002", "evaluation.problems=100",
                "evaluation.samplesPerProblem=4", "evaluation.sealedProblems=40", "gate.confidence=0.6", "gate.greedyLevel=0",
                "adapter.rank=4",
            ]

        @Test("killed while it trains goes on to the same factors, which leave as a directory for PEFT and as a merged model")
        func whole() async throws {
            let whole = try await Workplace.with { try await Program.run(Self.arguments, in: $0.folder) }
            try await Workplace.with { place in
                let program = place.start(Self.arguments)
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(SIGKILL)
                #expect(try await program.end().wasKilled)
                let changed = try await Program.run(
                    ["run", "--resume", "last", "--set", "adapter.rank=8"] + Self.models, in: place.folder)
                #expect(changed.failed(2, naming: "adapter.rank=4"))
                let resumed = try await Program.run(["run", "--resume", "last", "--json"] + Self.models, in: place.folder)
                #expect(try RunTests.weights(resumed) == RunTests.weights(whole))
                let result = try #require(try json(resumed.output) as? [String: Any])
                #expect(result["promotions"] as? Int ?? 0 > 0, "nothing was learnt, so nothing is exported: \(resumed.errors)")
                try await checkExports(place)
            }
        }

        private func checkExports(_ place: Workplace) async throws {
            let arguments = ["export", "last", "--adapter", "adapter", "--model", "merged", "--json"] + Self.models
            let export = try await Program.run(arguments, in: place.folder)
            let exported = try #require(try json(export.output) as? [String: Any], "\(export)")
            #expect((exported["adapter"] as? String)?.hasSuffix("/adapter") == true && exported["isBase"] as? Bool == false)
            #expect((exported["model"] as? String)?.hasSuffix("/merged") == true)
            let config = try #require(
                try json(try String(contentsOf: place.folder.appendingPathComponent("adapter/adapter_config.json"), encoding: .utf8))
                    as? [String: Any])
            #expect(config["r"] as? Int == 4 && config["base_model_name_or_path"] as? String == "seedling")
            let card = try String(contentsOf: place.folder.appendingPathComponent("adapter/README.md"), encoding: .utf8)
            #expect(card.contains("library_name: peft\n") && card.contains("| adapter | rank 4"), "\(card)")
            #expect(try await Program.run(arguments, in: place.folder).failed(2, naming: "exists"))
            func evaluation(_ options: String...) async throws -> [String: Any] {
                let outcome = try await Program.run(
                    ["eval", "--task", "countdown", "--problems", "30", "--k", "2", "--json"] + options + Self.models, in: place.folder)
                return try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
            }
            let beside = try await evaluation("--model", "seedling", "--adapter", "./adapter")
            let merged = try await evaluation("--model", "./merged")
            for name in ["meanAtK", "greedy"] {
                let values = [beside, merged].compactMap { ($0[name] as? [String: Double])?["value"] }
                let (one, other) = (try #require(values.first), try #require(values.last))
                #expect(abs(one - other) < 0.05, "\(name)")
            }
            let base = try await evaluation("--model", "seedling")
            #expect((base["meanAtK"] as? [String: Double])?["value"] != (merged["meanAtK"] as? [String: Double])?["value"])
            #expect((beside["model"] as? String)?.contains("adapter") == true)
            let misfit = try await Program.run(["eval", "--model", "seedling", "--adapter", "nowhere"] + Self.models, in: place.folder)
            #expect(misfit.failed(2, naming: "nowhere"))
        }

        @Test("has no adapter to export where it trained all weights")
        func noAdapter() async throws {
            try await Workplace.with { place in
                let run = try await Program.run(
                    TinyRun.arguments(generations: 1) + Self.models, in: place.folder)
                try #require(run.code == 0, "\(run)")
                let export = try await Program.run(["export", "last", "--adapter", "out"] + Self.models, in: place.folder)
                #expect(export.failed(2, naming: "--model"))
                #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent("out").path))
            }
        }

        @Test("is refused where a setting of the adapter would have no effect")
        func noEffect() async throws {
            try await Workplace.with { place in
                let run = try await Program.run(["run", "--set", "adapter.alpha=3"] + Self.models, in: place.folder)
                #expect(run.failed(2, naming: "adapter.alpha", "adapter.rank"))
            }
        }
    }
}
