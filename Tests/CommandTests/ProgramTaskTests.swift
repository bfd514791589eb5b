import Foundation
import Testing

/// A file whose problems ask for a Python function.
enum ProgramsFile {
    static let rows = (0..<150).map { number -> String in
        let (factor, shift) = (2 + number % 15, number / 15)
        let solution = #", "solution": "def f(x):\n    return x * \#(factor) + \#(shift)\n""#
        return #"{"prompt": "python def f(x): # multiply by \#(factor), add \#(shift)\n", "entry_point": "f", "#
            + #""tests": ["assert f(0) == \#(shift)", "assert f(3) == \#(3 * factor + shift)"]\#(number % 3 == 0 ? solution : "")}"#
    }

    /// Writes the file; returns its name.
    @discardableResult
    static func write(in place: Workplace, _ rows: [String] = Self.rows) throws -> String {
        let name = "programs.jsonl"
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: place.folder.appendingPathComponent(name))
        return name
    }

    static let runsSandboxes = FileManager.default.isExecutableFile(atPath: "/usr/bin/bwrap")
}

extension CommandLineTests {
    @Suite(
        "programs that a model writes",
        .enabled(if: ProgramsFile.runsSandboxes, "SKIPPED: bubblewrap is not installed on this machine"))
    struct ProgramTaskTests {
        private static let models = ["--models", Program.root.appendingPathComponent("Models").path]
        private static let task = ["--task", "programs.jsonl", "--verifier", "python-tests", "--maximum-tokens", "40"]
        private static let small = [
            "recipe.problems=40", "recipe.samplesPerProblem=2", "recipe.sequencesPerStep=16", "evaluation.samplesPerProblem=1",
            "gate.confidence=0.6",
        ]
        private static let run =
            ["run", "expert-iteration", "--generations", "2", "--json", "--progress"] + task + models + ["--set"] + small

        @Test("are judged by tests from a file to the end of a run, in a sandbox, and so again after a kill")
        func resumed() async throws {
            try await Workplace.with { place in
                try ProgramsFile.write(in: place)
                let program = place.start(Self.run)
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(SIGKILL)
                #expect(try await program.end().wasKilled)
                let resume = ["run", "--resume", "last", "--json"] + Self.models
                let refused = try await Program.run(resume + ["--unsafe-exec"], in: place.folder)
                #expect(refused.failed(2, naming: "created with a sandbox", "--unsafe-exec"), "\(refused)")
                let outcome = try await Program.run(resume + ["--verifier", "python-tests"], in: place.folder)
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                #expect(result["confinement"] as? String == "sandbox" && result["task"] as? String == "programs.jsonl")
                let page = try String(contentsOfFile: try #require(result["report"] as? String), encoding: .utf8)
                #expect(page.contains("--verifier python-tests") && page.contains("python-tests/1") && !page.contains("not confined"))
                let export = try await place.run("export", "last", "--episodes", "episodes.jsonl")
                #expect(export.code == 0, "\(export)")
                let episodes = try String(contentsOf: place.folder.appendingPathComponent("episodes.jsonl"), encoding: .utf8)
                #expect(episodes.contains("the program "), "no feedback of a program that ran")
            }
        }

        @Test("without a sandbox mark the run wherever it is shown, also when it goes on")
        func unconfined() async throws {
            try await Workplace.with { place in
                try ProgramsFile.write(in: place)
                let program = place.start(Self.run + ["--unsafe-exec"])
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(SIGKILL)
                #expect(try await program.end().wasKilled)
                #expect(try await place.run("runs").output.contains("interrupted, unconfined"))
                #expect(try await place.run("runs", "show", "last").output.contains("unconfined"))
                let outcome = try await Program.run(["run", "--resume", "last", "--json"] + Self.models, in: place.folder)
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                #expect(result["confinement"] as? String == "none" && outcome.errors.contains("without a sandbox"))
                let page = try String(contentsOfFile: try #require(result["report"] as? String), encoding: .utf8)
                #expect(page.contains("was not confined") && page.contains("--unsafe-exec"))
                let shown = try await place.run("runs", "show", "last")
                #expect(shown.output.contains("Unconfined: programs that the model wrote ran without a sandbox"), "\(shown)")
            }
        }

        @Test("of the family `python` are asked for wherever a task is named")
        func family() async throws {
            try await Workplace.with { place in
                let listed = try #require(try json(try await place.run("tasks", "--json").output) as? [[String: Any]])
                #expect(listed.compactMap { $0["slug"] as? String }.contains("python"))
                let shown = try await place.run("tasks", "show", "python", "--json")
                let description = try #require(try json(shown.output) as? [String: Any], "\(shown)")
                let examples = try #require(description["examples"] as? [[String: Any]])
                #expect(examples.count == 3 && examples.allSatisfy { $0["isCorrect"] as? Bool == true })
                let arguments = ["--task", "python", "--json"] + Self.models
                let evaluated = try await Program.run(
                    ["eval", "--model", "seedling", "--problems", "6", "--k", "1"] + arguments, in: place.folder)
                let result = try #require(try json(evaluated.output) as? [String: Any], "\(evaluated)")
                #expect(result["task"] as? String == "python" && result["n"] as? Int == 6)
                let strange = try await Program.run(["plan", "expert-iteration"] + arguments, in: place.folder)
                let note = (try json(strange.output) as? [String: Any])?["note"] as? String
                #expect(note?.contains("'seedling' was taught countdown") == true, "\(strange)")
                let retaining = ["plan", "expert-iteration", "--retain", "python:1", "--json"]
                let planned = try await Program.run(retaining + Self.models, in: place.folder)
                #expect(planned.code == 0, "\(planned)")
            }
        }

        @Test("are checked by the solutions of their rows, before a run")
        func check() async throws {
            try await Workplace.with { place in
                func check(_ rows: [String]) async throws -> (outcome: Program.Outcome, result: [String: Any]) {
                    try ProgramsFile.write(in: place, rows)
                    let outcome = try await place.run("check", "programs.jsonl", "--verifier", "python-tests", "--json")
                    return (outcome, try #require(try json(outcome.output) as? [String: Any], "\(outcome)"))
                }
                let good = try await check(ProgramsFile.rows)
                #expect(good.outcome.code == 0 && good.result["problems"] as? Int == 150)
                #expect(good.result["checkedAnswers"] as? Int == 50 && good.result["acceptedAnswers"] as? Int == 50)
                let bad = try await check(ProgramsFile.rows.map { $0.replacingOccurrences(of: "return x * 2 + 0", with: "return 1") })
                #expect(bad.outcome.code == 2 && bad.result["acceptedAnswers"] as? Int == 49)
                #expect(bad.outcome.errors.contains("programs.jsonl:1: verifier python-tests refuses the solution"), "\(bad.outcome)")
                let model = try await Program.run(
                    ["check", "programs.jsonl", "--verifier", "python-tests", "--model", "seedling"] + Self.models, in: place.folder)
                #expect(model.output.contains("note: 'seedling' was taught countdown"), "\(model)")
                let none = ProgramsFile.rows.enumerated().filter { $0.offset % 3 > 0 }.map(\.element)
                let more = none.map { $0.replacingOccurrences(of: "# ", with: "# now ") }
                #expect(try await check(none + more).result["checkedAnswers"] as? Int == 0)
                #expect(try await place.run("check", "programs.jsonl", "--verifier", "python-tests").output.contains("asked about blank"))
                let half = none[0].replacingOccurrences(of: "assert f(0) ==", with: "assert f(0) = =")
                let broken = try await check([half] + none.dropFirst())
                #expect(broken.outcome.code == 2, "\(broken.outcome)")
                #expect(broken.outcome.errors.contains("programs.jsonl:1: verifier python-tests could not judge"), "\(broken.outcome)")
                let idle = try await check([none[0].replacingOccurrences(of: "assert f(", with: "f(")] + none.dropFirst())
                #expect(idle.outcome.code == 2, "\(idle.outcome)")
                #expect(idle.outcome.errors.contains("programs.jsonl:1: the tests accept a function that"), "\(idle.outcome)")
            }
        }

        /// Command lines beside a file of programs and one without tests, and what the one line of error must say.
        static let refusals: [(arguments: String, words: [String])] = [
            ("run --task my.jsonl --verifier python-tests", ["my.jsonl:1", "'tests' is missing", "assert f(2) == 4", "answer, prompt"]),
            ("run --task programs.jsonl --verifier python-test", ["'python-test'", "did you mean 'python-tests'"]),
            ("run --task programs.jsonl --verifier python-tests --answer-field tests", ["--answer-field", "no effect"]),
            ("run --task my.jsonl --verifier ./check.py", ["there is no verifier", "/check.py", "path of a program"]),
            ("run --task my.jsonl --verifier ./my.jsonl", ["/my.jsonl", "not executable", "chmod +x"]),
            ("run --unsafe-exec", ["--unsafe-exec", "no effect"]), ("plan --unsafe-exec", ["--unsafe-exec", "no effect"]),
            ("eval --model seedling --unsafe-exec", ["--unsafe-exec", "no effect"]),
            ("check my.jsonl --verifier exact --unsafe-exec", ["--unsafe-exec", "no effect"]),
            ("tasks show countdown --unsafe-exec", ["--unsafe-exec", "no effect"]),
            ("run --task pyton", ["'pyton'", "did you mean 'python'"]), ("run --task python --level 9", ["levels", "1, 2, 3"]),
            ("bench --work sandbox --only 0.83M", ["--work sandbox", "--only"]),
        ]

        @Test("are refused in one line where something is wrong with what asks for them", arguments: refusals.indices)
        func refused(index: Int) async throws {
            let (arguments, words) = Self.refusals[index]
            try await Workplace.with { place in
                try ProgramsFile.write(in: place)
                try Data(#"{"prompt": "p", "answer": "1"}"#.utf8).write(to: place.folder.appendingPathComponent("my.jsonl"))
                let takesModels = ["run", "plan", "eval"].contains { arguments.hasPrefix($0) }
                let more = takesModels ? Self.models : []
                let outcome = try await Program.run(arguments.split(separator: " ").map(String.init) + more, in: place.folder)
                #expect(outcome.failed(2), "\(arguments): \(outcome)")
                for word in words { #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)") }
                #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent(".autodidact").path))
            }
        }

        @Test("the doctor tries the walls, and bench tells how many programs a second")
        func machine() async throws {
            try await Workplace.with { place in
                let checks = try #require(
                    try json(try await Program.run(["doctor", "--json"] + Self.models, in: place.folder).output) as? [[String: Any]])
                let sandbox = try #require(checks.last)
                #expect(sandbox["need"] as? String == "sandbox" && sandbox["isRequired"] as? Bool == false)
                #expect(sandbox["isMet"] as? Bool == true, "\(sandbox)")
                let bench = try await place.run("bench", "--work", "sandbox", "--json")
                let lines = try #require(try json(bench.output) as? [[String: Any]], "\(bench)")
                #expect(lines.count == 1 && lines[0]["name"] as? String == "sandbox_programs_per_s")
                #expect((lines[0]["value"] as? Double ?? 0) > 0)
            }
        }
    }
}
