import Foundation
import Testing

/// A file of problems that the base model has seen the like of: chains such as `17+25*3`.
enum SumsFile {
    static let rows = (0..<300).map { number -> String in
        let (a, b, c) = (10 + number % 89, 2 + number / 12, 1 + number % 9)
        return #"{"prompt": "arithmetic \#(a)+\#(b)-\#(c)\n", "answer": \#(a + b - c)}"#
    }

    /// Writes the file; returns its name.
    @discardableResult
    static func write(in place: Workplace, named name: String = "sums.jsonl", _ rows: [String] = Self.rows) throws -> String {
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: place.folder.appendingPathComponent(name))
        return name
    }
}

extension CommandLineTests {
    @Suite("a task from a file")
    struct OwnTaskTests {
        private static let models = ["--models", Program.root.appendingPathComponent("Models").path]
        private static let task = ["--task", "sums.jsonl", "--verifier", "number"]
        private static let evaluation = ["evaluation.samplesPerProblem=2", "gate.confidence=0.6"]
        private static let expertIteration =
            ["run", "expert-iteration", "--generations", "2", "--json", "--progress", "--maximum-tokens", "60"] + task + models
            + ["--set", "recipe.problems=300", "recipe.samplesPerProblem=4", "recipe.sequencesPerStep=32"] + evaluation
        private static let grpo =
            ["run", "grpo", "--generations", "2", "--json", "--maximum-tokens", "60"] + task + models
            + ["--set", "recipe.steps=6", "recipe.problemsPerStep=16", "recipe.samplesPerProblem=4"] + evaluation

        @Test("is practised by a recipe to the end", arguments: ["expert-iteration", "grpo"])
        func run(recipe: String) async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let arguments = recipe == "grpo" ? Self.grpo : Self.expertIteration
                let outcome = try await Program.run(arguments, in: place.folder)
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                #expect(result["recipe"] as? String == recipe && result["task"] as? String == "sums.jsonl")
                let decisions = [result["promotions"], result["rollbacks"]].compactMap { $0 as? Int }
                #expect(decisions.reduce(0, +) == 2)
                #expect((10...60).contains(try #require(result["n"] as? Int)))
                let page = try String(contentsOfFile: try #require(result["report"] as? String), encoding: .utf8)
                #expect(page.contains("sums.jsonl") && page.contains("--verifier number") && page.contains("its SHA-256"))
                let before = try #require((result["before"] as? [String: Any])?["meanAtK"] as? Double, "\(outcome.output)")
                #expect(before > 0, "the base model solves none, so nothing was tested")
            }
        }

        @Test(
            "is practised by recipes of other families too",
            arguments: [
                ("score", ["recipe.steps=2", "recipe.stageOneSteps=1", "recipe.problemsPerStep=8", "recipe.samplesPerProblem=2"]),
                ("internal-consistency", ["recipe.questions=16", "recipe.samplesPerQuestion=4"]),
            ])
        func others(recipe: String, settings: [String]) async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let arguments = ["run", recipe, "--generations", "1", "--json", "--maximum-tokens", "60"] + Self.task + Self.models
                let outcome = try await Program.run(arguments + ["--set"] + settings + Self.evaluation, in: place.folder)
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                #expect(result["recipe"] as? String == recipe && result["task"] as? String == "sums.jsonl")
            }
        }

        @Test("fits the recipes that practise single turns; the others are refused with those")
        func recipes() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let list = try #require(try json(try await place.run("recipes", "--json").output) as? [[String: Any]])
                for recipe in list {
                    let slug = try #require(recipe["slug"] as? String)
                    let plan = try await Program.run(["plan", slug, "--json"] + Self.task + Self.models, in: place.folder)
                    if recipe["interaction"] as? String == "environment" {
                        #expect(plan.failed(2, naming: slug, "environment", "expert-iteration", "grpo"), "\(plan)")
                    } else {
                        #expect(plan.code == 0, "\(plan)")
                    }
                }
            }
        }

        @Test("goes on after a kill only with the same file, wherever it is now")
        func resume() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let program = place.start(Self.expertIteration)
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(SIGKILL)
                #expect(try await program.end().wasKilled)

                let arguments = ["run", "--resume", "last", "--json"] + Self.models
                try SumsFile.write(in: place, SumsFile.rows.dropLast())
                #expect(try await Program.run(arguments, in: place.folder).failed(2, naming: "sums.jsonl", "SHA-256", "start a new run"))
                try FileManager.default.removeItem(at: place.folder.appendingPathComponent("sums.jsonl"))
                #expect(try await Program.run(arguments, in: place.folder).failed(2, naming: "sums.jsonl", "cannot be read"))
                try SumsFile.write(in: place, named: "moved.jsonl")
                let moved = arguments + ["--task", "moved.jsonl"]
                let changed = try await Program.run(moved + ["--verifier", "exact"], in: place.folder)
                #expect(changed.failed(2, naming: "verifier 'number'", "'exact'"), "\(changed)")
                let longer = try await Program.run(moved + ["--maximum-tokens", "61"], in: place.folder)
                #expect(longer.failed(2, naming: "maximumTokens=60"), "\(longer)")
                let resumed = try await Program.run(moved, in: place.folder)
                let result = try #require(try json(resumed.output) as? [String: Any], "\(resumed)")
                #expect(result["task"] as? String == "sums.jsonl")
            }
        }

        @Test("is judged by an executable of the user's to the end; one that was changed does not go on")
        func executable() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let check = place.folder.appendingPathComponent("check.py")
                try FileManager.default.copyItem(at: Program.root.appendingPathComponent("Examples/OwnTask/check.py"), to: check)
                let arguments = Self.expertIteration.map { $0 == "number" ? "./check.py" : $0 }
                let program = place.start(arguments)
                #expect(await program.reaches { $0.contains("generation 2 of 2") })
                program.send(SIGKILL)
                #expect(try await program.end().wasKilled)
                let script = try Data(contentsOf: check)
                try (script + Data("# changed\n".utf8)).write(to: check)
                let resume = ["run", "--resume", "last", "--json"] + Self.models
                let refused = try await Program.run(resume, in: place.folder)
                #expect(refused.failed(2, naming: "was judged by verifier command/1 check.py", "put the old program back"), "\(refused)")
                try script.write(to: check)
                let outcome = try await Program.run(resume + ["--verifier", "./check.py"], in: place.folder)
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                let before = try #require((result["before"] as? [String: Any])?["meanAtK"] as? Double)
                #expect(before > 0 && result["confinement"] == nil)
                let page = try String(contentsOfFile: try #require(result["report"] as? String), encoding: .utf8)
                #expect(page.contains("/check.py") && page.contains("command/1 check.py"))
                let checked = try await place.run("check", "sums.jsonl", "--verifier", "./check.py")
                #expect(checked.code == 0 && checked.output.contains("asked about blank responses"), "\(checked)")
                try Data("#!/usr/bin/env python3\nimport nomod\n".utf8).write(to: check)
                let broken = try await place.run("check", "sums.jsonl", "--verifier", "./check.py")
                #expect(broken.code == 2 && broken.errors.contains("could not judge"), "\(broken)")
                #expect(broken.errors.contains("nomod"), "\(broken)")
                let facts = broken.output.split(separator: "\n").filter { $0.contains("faults") }
                #expect(facts.count == 1 && facts[0].contains("a run would refuse the file") && !facts[0].contains("none"), "\(broken)")
            }
        }

        @Test("is refused before any work where an executable of the user's gives no verdict, whatever that would be")
        func hopelessExecutable() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let check = place.folder.appendingPathComponent("check.py")
                func write(_ script: String) throws {
                    try Data("#!/usr/bin/env python3\n\(script)\n".utf8).write(to: check)
                    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: check.path)
                }
                let task = ["--task", "sums.jsonl", "--verifier", "./check.py", "--maximum-tokens", "60"] + Self.models
                try write("import nomod")
                for command in [["run"], ["plan"], ["eval", "--model", "seedling"]] {
                    let refused = try await Program.run(command + task, in: place.folder)
                    #expect(refused.failed(2, naming: "sums.jsonl:1: no verdict", "nomod", "autodidact check sums.jsonl"), "\(refused)")
                }
                #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent(".autodidact").path))
                try write(#"import sys\nfor line in sys.stdin: print('{"correct": false}', flush=True)"#.replacing(#"\n"#, with: "\n"))
                let planned = try await Program.run(["plan", "--json"] + task, in: place.folder)
                #expect(planned.code == 0, "\(planned)")
            }
        }

        @Test("ends early, after a warning, where the user's executable fails on what the model writes")
        func failingExecutable() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let check = place.folder.appendingPathComponent("check.py")
                // A blank response, the trial's, is all that it can judge.
                let script = """
                    #!/usr/bin/env python3
                    import json, sys
                    for line in sys.stdin:
                        if json.loads(line)["response"].strip(): sys.exit(3)
                        print('{"correct": false}', flush=True)
                    """
                try Data((script + "\n").utf8).write(to: check)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: check.path)
                let arguments = Self.expertIteration.map { $0 == "number" ? "./check.py" : $0 }
                let ended = try await Program.run(arguments, in: place.folder)
                #expect(ended.failed(1, naming: "the verifier could not judge", "code 3", "mend the verifier"), "\(ended)")
                let warnings = ended.errors.split(separator: "\n").filter { $0.hasPrefix("warning: a response could not be judged") }
                #expect(warnings.count == 1 && warnings[0].contains("ended with code 3 before its verdict"), "\(ended)")
            }
        }

        @Test("ends where the user's executable is changed while it judges, and goes on with the old one")
        func changedExecutable() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let check = place.folder.appendingPathComponent("check.py")
                // It changes itself in the first generation: after more requests than the baseline has.
                let changing = """
                    import os
                    def changed():
                        with open("requests", "ab") as log: log.write(b".")
                        return os.path.getsize("requests") >= 500 and not os.path.exists("changed")
                    for line in sys.stdin:
                        if changed():
                            open("changed", "w").close()
                            with open(sys.argv[0], "a") as program: program.write("# changed\\n")
                            sys.exit(1)
                    """
                let example = try String(contentsOf: Program.root.appendingPathComponent("Examples/OwnTask/check.py"), encoding: .utf8)
                let script = Data(example.replacing("for line in sys.stdin:", with: changing).utf8)
                try script.write(to: check)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: check.path)
                let arguments = Self.expertIteration.map { $0 == "number" ? "./check.py" : $0 == "2" ? "1" : $0 }
                let ended = try await Program.run(arguments, in: place.folder)
                #expect(ended.failed(1, naming: "check.py' was changed while it was judging", "put the old program back"), "\(ended)")
                let resume = ["run", "--resume", "last", "--json"] + Self.models
                #expect(try await Program.run(resume, in: place.folder).failed(2, naming: "was judged by verifier command/1 check.py"))
                try script.write(to: check)
                let outcome = try await Program.run(resume, in: place.folder)
                #expect(try json(outcome.output) is [String: Any], "\(outcome)")
            }
        }

        @Test("is planned and evaluated")
        func planAndEvaluate() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place, SumsFile.rows + SumsFile.rows.prefix(3))
                let planned = try await Program.run(
                    ["plan", "grpo", "--json", "--maximum-tokens", "60"] + Self.task + Self.models, in: place.folder)
                let plan = try #require(try json(planned.output) as? [String: Any], "\(planned)")
                #expect(planned.errors.contains("3 rows left out") && planned.errors.contains("line 301 that of line 1"))
                let file = try #require(plan["file"] as? [String: Any])
                #expect((file["problems"] as? [String: Int])?.values.reduce(0, +) == 300 && file["verifier"] as? String == "number")
                let held = try #require((file["problems"] as? [String: Int])?["held-out"])
                let evaluated = try await Program.run(
                    ["eval", "--model", "seedling", "--k", "2", "--problems", "400", "--json", "--maximum-tokens", "60"] + Self.task
                        + Self.models, in: place.folder)
                let result = try #require(try json(evaluated.output) as? [String: Any], "\(evaluated)")
                #expect(result["n"] as? Int == held && result["task"] as? String == "sums.jsonl")
                #expect(evaluated.errors.contains("note: 'sums.jsonl' has only \(held) held-out problems, not 400"))
                #expect((plan["settings"] as? [[String: Any]])?.contains { $0["key"] as? String == "levels" } == false)
            }
        }

        @Test("is checked before a run: what is good in it, and every fault")
        func check() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place, SumsFile.rows + SumsFile.rows.prefix(1))
                let arguments = ["check", "sums.jsonl", "--verifier", "number", "--json"]
                let plain = try await Program.run(arguments, in: place.folder)
                let result = try #require(try json(plain.output) as? [String: Any], "\(plain)")
                #expect(result["problems"] as? Int == 300 && result["acceptedAnswers"] as? Int == 300)
                #expect((result["splits"] as? [String: Int])?.values.reduce(0, +) == 300 && result["refusal"] == nil)
                #expect((result["repetitions"] as? [[String: Int]]) == [["line": 301, "earlier": 1]])
                let model = try await Program.run(arguments + ["--model", "seedling"] + Self.models, in: place.folder)
                let counted = try #require(try json(model.output) as? [String: Any], "\(model)")
                #expect(((counted["longestPrompt"] as? [String: Int])?["tokens"] ?? 0) > 3)

                try SumsFile.write(in: place, named: "bad.jsonl", SumsFile.rows + ["{}", "[]"])
                let bad = try await place.run("check", "bad.jsonl", "--verifier", "number")
                #expect(bad.code == 2 && bad.errors.contains("error: bad.jsonl: 2 lines have faults"))
                #expect(bad.output.contains("bad.jsonl:301: ") && bad.output.contains("bad.jsonl:302: "))
                let unanswered = (0..<30).map { #"{"prompt": "unanswered \#($0)"}"# }
                try SumsFile.write(in: place, named: "poor.jsonl", SumsFile.rows + unanswered)
                let poor = try await place.run("check", "poor.jsonl", "--verifier", "number")
                let told = poor.output.split(separator: "\n").filter { $0.hasPrefix("poor.jsonl:") }
                #expect(told.count == 1 && told[0].hasSuffix("(and 29 lines like it: 302, 303, 304, 305, 306, …)"), "\(poor)")
                let long = try await Program.run(
                    arguments.dropLast() + ["--model", "seedling", "--maximum-tokens", "1024"] + Self.models, in: place.folder)
                #expect(long.code == 2 && long.errors.contains("--maximum-tokens is 1024; allowed: from 1 up to 1023"), "\(long)")
                #expect(try await place.run("check", "poor.json").failed(2, naming: "JSON Lines", "'poor.jsonl'"))
                #expect(try await place.run("check", "countdown").failed(2, naming: "'countdown'"))
                #expect(try await place.run("check", "bad.jsonl", "--maximum-tokens", "9").failed(2, naming: "--model"))
            }
        }

        /// Command lines beside files of these names and texts, and what the one line of error must say.
        static let refusals: [(arguments: String, file: String, text: String, words: [String])] = [
            ("run --task my.jsonl", "my.jsonl", #"{"prompt": "p", "answer": "1"}"#, ["my.jsonl", "--verifier", "exact", "number"]),
            ("run --task my.jsonl --verifier nunber", "my.jsonl", "{}", ["'nunber'", "did you mean 'number'"]),
            ("run --task sums.jsonl --verifier good.py", "good.py", "", ["no verifier 'good.py'", "did you mean './good.py'?"]),
            ("run --task my.jsonl --verifier exact", "my.jsonl", "prompt,answer\n2+2=,4", ["my.jsonl:1", "perhaps CSV", "such as {"]),
            ("run --task nowhere.jsonl --verifier exact", "my.jsonl", "", ["nowhere.jsonl", "cannot be read"]),
            ("run --task ./ --verifier exact", "my.jsonl", "", ["not a file"]),
            ("run --task my.json --verifier exact", "my.json", "{}", ["'my.json'", "'./my.json'", "JSON Lines", "'my.jsonl'"]),
            (
                "run --task my.json --verifier exact", "my.json", "[\n{}\n]",
                ["my.json: is one JSON array", "jq -c '.[]' 'my.json' > 'my.jsonl'"]
            ),
            ("eval --model seedling --task my.txt", "my.txt", "{}", ["'my.txt'", "one object on each line", "rename it to 'my.jsonl'"]),
            ("run --task my.jsonl --verifier exact", "my.jsonl", "", ["my.jsonl", "no rows"]),
            ("run --task my.jsonl --verifier exact", "my.jsonl", "{\"prompt\": \"p\"\n", ["my.jsonl:1", "column"]),
            (
                "run --task my.jsonl --verifier exact", "my.jsonl", "{\"prompt\": \"p\", \"answer\": \"1\"}\n{\"question\": \"q\"}",
                ["my.jsonl:2", "'prompt'", "question", "--prompt-field"]
            ),
            (
                "run --task my.jsonl --verifier exact", "my.jsonl",
                "{\"prompt\": \"p\", \"answer\": \"1\"}\n{\"prompt\": \"p\", \"answer\": \"2\"}",
                ["my.jsonl:2", "line 1", "another answer"]
            ),
            (
                "run --task my.jsonl --verifier exact", "my.jsonl", #"{"prompt": "p", "answer": "1"}"#,
                ["1 problem ", "needed", "add problems"]
            ),
            ("eval --model seedling --task my.jsonl --verifier exact", "my.jsonl", "[]\n[]", ["my.jsonl:1", "not a JSON object"]),
            (
                "run --task my.jsonl", "my.jsonl",
                "[\n{\"prompt\": \"p\", \"answer\": \"1\"},\n{\"prompt\": \"q\", \"answer\": \"2\"}\n]\n",
                ["my.jsonl: is one JSON array", "one object a line", "jq -c '.[]' 'my.jsonl' > 'my.lines.jsonl'"]
            ),
            (
                "check my.jsonl --verifier exact --model seedling", "my.jsonl", "{\n  \"prompt\": \"p\",\n  \"answer\": \"1\"\n}\n",
                ["my.jsonl: holds objects over several lines", "one object a line", "jq -c . 'my.jsonl' > 'my.lines.jsonl'"]
            ),
            ("run --task countdown --verifier exact", "my.jsonl", "", ["--verifier", "no effect", "'countdown'"]),
            ("eval --model seedling --task countdown --maximum-tokens 9", "my.jsonl", "", ["--maximum-tokens", "no effect"]),
            ("run --set maximumTokens=9", "my.jsonl", "", ["maximumTokens", "no effect", "countdown"]),
            ("run --task sums.jsonl --verifier number --maximum-tokens 0", "my.jsonl", "", ["--maximum-tokens", "from 1 up"]),
            (
                "plan --task sums.jsonl --verifier number --maximum-tokens 1024", "my.jsonl", "",
                ["--maximum-tokens is 1024", "from 1 up to 1023", "of model 'seedling'"]
            ),
            (
                "eval --model seedling --task sums.jsonl --verifier number --maximum-tokens 9999", "my.jsonl", "",
                ["--maximum-tokens is 9999", "from 1 up to 1023"]
            ),
            ("run --task sums.jsonl --verifier number --level 7", "my.jsonl", "", ["levels", "7", "sums.jsonl"]),
            ("eval --model seedling --task sums.jsonl --verifier number --level 7", "my.jsonl", "", ["--level is 7"]),
            (
                "run --task sums.jsonl --verifier choice", "my.jsonl", "",
                ["sums.jsonl:1", "verifier choice", "one letter", "299 other lines"]
            ),
            ("run --task sums.jsonl --verifier number --answer-field a.b", "my.jsonl", "", ["sums.jsonl:1", "'a.b'", "--answer-field"]),
        ]

        @Test("is refused in one line where something is wrong with it", arguments: refusals.indices)
        func refused(index: Int) async throws {
            let (arguments, file, text, words) = Self.refusals[index]
            try await Workplace.with { place in
                try Data(text.utf8).write(to: place.folder.appendingPathComponent(file))
                try SumsFile.write(in: place)
                let outcome = try await Program.run(arguments.split(separator: " ").map(String.init) + Self.models, in: place.folder)
                #expect(outcome.failed(2), "\(arguments): \(outcome)")
                for word in words { #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)") }
                #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent(".autodidact").path))
            }
        }

        @Test("with a prompt that leaves no room for a response is refused by its line")
        func longPrompt() async throws {
            try await Workplace.with { place in
                let long = #"{"prompt": "\#(String(repeating: "Q7?", count: 1_000))", "answer": "1"}"#
                try SumsFile.write(in: place, SumsFile.rows + [long])
                for command in [["run"], ["plan"], ["eval", "--model", "seedling"]] {
                    let outcome = try await Program.run(command + Self.task + Self.models, in: place.folder)
                    #expect(outcome.failed(2, naming: "sums.jsonl:301", "tokens", "no room"), "\(outcome)")
                }
            }
        }
    }
}
