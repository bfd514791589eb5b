import Foundation
import Testing

extension CommandLineTests {
    @Suite("The memory that plan states, held against runs")
    struct PlannedMemoryTests {
        /// Runs a program and says its peak in KiB, as the system counted it.
        private static let measuring = """
            exec /usr/bin/python3 -c 'import resource, subprocess, sys
            code = subprocess.call(sys.argv[1:])
            print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
            sys.exit(code)' "$@"
            """

        @Test(
            "the peak of a small run lies within its factor of what plan says of that run",
            .enabled(if: ["/proc/self", "/usr/bin/python3"].allSatisfy { FileManager.default.fileExists(atPath: $0) }),
            arguments: ["expert-iteration", "grpo"])
        func peak(recipe: String) async throws {
            let recipeSettings = recipe == "grpo" ? ["recipe.steps=2"] : ["recipe.problems=100", "recipe.sequencesPerStep=64"]
            let evaluation = ["evaluation.problems=40", "evaluation.samplesPerProblem=4", "evaluation.sealedProblems=40"]
            let arguments = [recipe, "--generations", "1", "--json", "--set"] + recipeSettings + evaluation + RunTests.models
            try await Workplace.with { place in
                let planned = try await Program.run(["plan"] + arguments, in: place.folder)
                let plan = try #require(try json(planned.output) as? [String: Any], "\(planned)")
                let megabytes = try #require((plan["cost"] as? [String: Any])?["megabytes"] as? Double)
                let run = try await Program.run(["run"] + arguments, in: place.folder, through: Self.measuring)
                #expect(run.code == 0, "\(run)")
                let line = try #require(run.errors.split(separator: "\n").last { $0.hasPrefix("peak ") }, "\(run.errors)")
                let peak = try #require(Double(line.dropFirst("peak ".count))) * 1024 / 1e6
                let factor = MemoryEstimateTests.factor
                #expect(peak <= factor * megabytes && megabytes <= factor * peak, "\(recipe): planned \(megabytes), was \(peak)")
            }
        }

        @Test("plan says where nothing is audited, and what would audit, if anything", arguments: ["choice", "keydoor", "countdown"])
        func audit(task: String) async throws {
            try await Workplace.with { place in
                let arguments = ["plan", "expert-iteration", "--task", task, "--json"] + RunTests.models
                let outcome = try await Program.run(arguments, in: place.folder)
                let audit = (try #require(try json(outcome.output) as? [String: Any], "\(outcome)"))["audit"] as? String
                let none = "none: the task has no second verifier"
                let expected = ["choice": none + "; audit.judge=base has the base model ask", "keydoor": none]
                #expect(audit == expected[task], "\(outcome)")
            }
        }
    }
}
