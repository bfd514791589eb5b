import Foundation
import Testing

extension CommandLineTests {
    @Suite("commands that are printed")
    struct PrintedCommandTests {
        private static let models = ["--models", Program.root.appendingPathComponent("Models").path]
        private static let small = ["evaluation.problems=20", "evaluation.samplesPerProblem=2", "evaluation.sealedProblems=20"]
        /// Two attempts at a task whose second attempts the base model does not know.
        private static let unfit =
            ["run", "score", "--generations", "1", "--store", "my runs"] + models
            + ["--set", "recipe.steps=1", "recipe.stageOneSteps=1", "recipe.problemsPerStep=4", "recipe.samplesPerProblem=2"] + small
        private static let other =
            ["run", "expert-iteration", "--task", "arithmetic", "--generations", "1", "--no-gate", "--store", "my runs"] + models
            + ["--set", "recipe.problems=8"] + small

        @Test("work when they are pasted; a run that solves nothing says what fits; runs of different tasks are told apart by them")
        func pasted() async throws {
            try await Workplace.with { place in
                let run = try await Program.run(Self.unfit, in: place.folder)
                #expect(run.code == 0, "\(run)")
                #expect(run.errors.contains("note: recipe 'score' asks for a second answer") && run.errors.contains("--task arithmetic"))
                #expect(run.output.contains("advice      recipe 'score' asks for a second answer"), "\(run)")
                // Clopper and Pearson's limit at none of 20, and no interval of no width.
                #expect(run.output.contains("[0.0, 16.8]"), "\(run)")
                #expect(!run.output.contains("go on"), "of the base there is nothing to export: \(run)")
                let other = try await Program.run(Self.other, in: place.folder)
                #expect(other.code == 0, "\(other)")
                let line = other.output.split(separator: "\n").last { $0.contains("go on") }
                let command = try #require(line?.split(separator: "o on ").last)
                #expect(command.contains("--store 'my runs' --models "), "\(command)")
                let pasted = command.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "--model DIR", with: "--model out")
                let export = try await place.run(through: "program=$1; autodidact() { \"$program\" \"$@\"; }; \(pasted)")
                #expect(export.code == 0 && export.output.contains("/out"), "\(export)")

                let episodes = ["export", "last", "--store", "my runs", "--episodes", "e.jsonl"]
                #expect(try await Program.run(episodes, in: place.folder).code == 0)
                #expect(try await Program.run(episodes, in: place.folder).failed(2, naming: "--episodes", "'e.jsonl' exists already"))

                let list = try await place.run("runs", "--store", "my runs", "--json")
                let ids = try #require(try json(list.output) as? [[String: Any]]).compactMap { $0["runID"] as? String }
                try #require(ids.count == 2)
                let compared = try await place.run("runs", "compare", ids[0], ids[1], "--store", "my runs")
                #expect(compared.failed(2, naming: "task arithmetic against countdown", "compare runs of one task"), "\(compared)")
            }
        }

        @Test("an interrupted run names store and models as a shell reads them")
        func interrupted() async throws {
            try await Workplace.with { place in
                let program = place.start(TinyRun.arguments("--store", "my runs") + Self.models)
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(SIGINT)
                let outcome = try await program.end()
                #expect(outcome.code == 130)
                let line = try #require(outcome.errors.split(separator: "\n").last { $0.contains("go on with: ") })
                #expect(line.contains("--resume ") && line.hasSuffix(" --store 'my runs' --models \(Self.models[1])"), "\(line)")
            }
        }
    }
}
