import Foundation
import Testing

extension CommandLineTests {
    @Suite("a run without a gate, and protected tasks")
    struct SafetyTests {
        private static let models = ["--models", Program.root.appendingPathComponent("Models").path]

        @Test("an ungated run that protects a task says so in its JSON, its report and the list of runs")
        func ungated() async throws {
            try await Workplace.with { place in
                let arguments = TinyRun.arguments("--no-gate", "--retain", "arithmetic:1", generations: 1) + ["retention.problems=20"]
                let outcome = try await Program.run(arguments + Self.models, in: place.folder)
                #expect(outcome.code == 0, "\(outcome)")
                let result = try #require(try json(outcome.output) as? [String: Any])
                #expect(result["gated"] as? Bool == false && result["promotions"] as? Int == 1)
                #expect(result["alarms"] is [Any] && result["refusals"] is [Any])
                #expect((result["audits"] as? [[String: Any]])?.first?["auditor"] as? String == "countdown-auditor/1")
                let page = try String(contentsOfFile: try #require(result["report"] as? String), encoding: .utf8)
                #expect(page.contains("not gated") && page.contains("arithmetic:1"))
                let runs = try #require(try json(try await place.run("runs", "--json").output) as? [[String: Any]])
                #expect(runs.first?["gated"] as? Bool == false)
                #expect(try await place.run("runs").output.contains("finished, ungated"))
                #expect(try await place.run("runs", "show", "last").output.contains("Ungated: every candidate was kept"))
                try await Self.expectMarks(of: try #require(result["runID"] as? String), in: place)
            }
        }

        /// Whatever else is done with the run says it too.
        private static func expectMarks(of id: String, in place: Workplace) async throws {
            #expect(try await place.run("runs", "compare", id, id).output.contains("(ungated)"))
            let compared = try #require(try json(try await place.run("runs", "compare", id, id, "--json").output) as? [String: Any])
            #expect(compared["gated"] as? [Bool] == [false, false])
            #expect(try await place.run("runs", "archive", id, "kept").output.contains("(ungated)"))
            #expect(try await Program.run(["export", id, "--model", "out"] + models, in: place.folder).code == 0)
            let file = place.folder.appendingPathComponent("out/autodidact-lineage.json")
            let lineage = try #require(try json(try String(contentsOf: file, encoding: .utf8)) as? [String: Any])
            #expect(lineage["isGated"] as? Bool == false)
            #expect(try await place.run("rollback", id).output.contains("(ungated)"))
        }

        @Test(
            "tasks that are not there, levels that they do not have and settings without effect are refused",
            arguments: [
                (["--retain", "arithmatic"], "arithmetic"), (["--retain", "countdown:99"], "retention.tasks"),
                (["--set", "retention.margin=0.1"], "retention.margin"), (["--task", "choice", "--set", "audit.share=0.1"], "audit.share"),
            ])
        func refused(more: [String], named: String) async throws {
            try await Workplace.with { place in
                let outcome = try await Program.run(["plan"] + more + Self.models, in: place.folder)
                #expect(outcome.failed(2, naming: named), "\(outcome)")
            }
        }
    }
}
