import Foundation
import Testing

extension CommandLineTests {
    @Suite("verifiers of a task from a file")
    struct OwnVerifierTaskTests {
        private static let models = ["--models", Program.root.appendingPathComponent("Models").path]

        /// Rows for a verifier, enough for a run, of which each states a response that is right.
        private static func rows(_ row: (Int) -> String) -> [String] { (0..<200).map(row) }

        private static let files: [(verifier: String, rows: [String])] = [
            ("regex", rows { #"{"prompt": "Write \#($0) in brackets.", "pattern": "\\[\#($0)\\]", "solution": "[\#($0)]"}"# }),
            (
                "json-schema",
                rows {
                    #"{"prompt": "Write {a: \#($0)}.", "schema": {"properties": {"a": {"const": \#($0)}}, "required": ["a"]}, "#
                        + #""solution": {"a": \#($0).0}}"#
                }
            ),
            (
                "sql",
                rows {
                    #"{"prompt": "Count those above \#($0).", "schema": ["CREATE TABLE t(a)", "INSERT INTO t VALUES (7), (77), (777)"], "#
                        + #""query": "SELECT count(*) FROM t WHERE a > \#($0)"}"#
                }
            ),
        ]

        @Test("accept what the rows state to be right", arguments: files.indices)
        func accepts(index: Int) async throws {
            let (verifier, rows) = Self.files[index]
            try await Workplace.with { place in
                try SumsFile.write(in: place, named: "rows.jsonl", rows)
                let outcome = try await place.run("check", "rows.jsonl", "--verifier", verifier, "--json")
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                #expect(outcome.code == 0 && result["refusal"] == nil, "\(outcome)")
                #expect(
                    result["problems"] as? Int == 200 && result["acceptedAnswers"] as? Int == 200
                        && result["verifier"] as? String == verifier)
                #expect((result["solutionLengths"] as? [String: Any])?["unit"] as? String == "bytes")
            }
        }

        /// A row, how it is judged, and what is said of it.
        static let refusals: [(arguments: [String], row: String, words: [String])] = [
            (["--verifier", "regex"], #"{"prompt": "p", "pattern": "a*"}"#, ["rows.jsonl:1", "accepts an empty response"]),
            (["--verifier", "regex"], #"{"prompt": "p", "pattern": "a+", "solution": "b"}"#, ["rows.jsonl:1", "refuses the solution"]),
            (["--verifier", "regex"], #"{"prompt": "p", "pattern": "(?=a)"}"#, ["1 line has a fault"]),
            (["--verifier", "regex:(a"], #"{"prompt": "p"}"#, ["--verifier regex:(a", "column 1", "not closed"]),
            (["--verifier", "regex:a", "--answer-field", "x"], #"{"prompt": "p"}"#, ["--answer-field would have no effect"]),
            (["--verifier", "json-schema"], #"{"prompt": "p", "schema": {"required": ["a"]}}"#, ["rows.jsonl:1", "allows null"]),
            (["--verifier", "json-schema"], #"{"prompt": "p", "schema": {"type": "object"}, "solution": [1]}"#, ["refuses the solution"]),
            (
                ["--verifier", "sql"], #"{"prompt": "p", "setup": "CREATE TABLE t(a)", "query": "SELECT a FROM t"}"#,
                ["rows.jsonl:1", "could not judge", "returns no rows"]
            ),
            (["--verifier", "sql"], #"{"prompt": "p", "setup": "CREATE TABLE t(", "query": "SELECT 1"}"#, ["could not judge", "script"]),
            (["--verifier", "sql"], #"{"prompt": "p", "setup": "", "query": "SELECT b FROM t"}"#, ["could not judge", "no such table"]),
            (["--verifier", "exact", "--setup-field", "s"], #"{"prompt": "p", "answer": "a"}"#, ["--setup-field would have no effect"]),
        ]

        @Test("refuse rows that cannot be judged well", arguments: refusals.indices)
        func refuses(index: Int) async throws {
            let (arguments, row, words) = Self.refusals[index]
            try await Workplace.with { place in
                try SumsFile.write(in: place, named: "rows.jsonl", [row])
                let outcome = try await Program.run(["check", "rows.jsonl"] + arguments, in: place.folder)
                #expect(outcome.code == 2, "\(outcome)")
                for word in words { #expect(outcome.errors.contains(word), "\(outcome)") }
            }
        }

        @Test("a run is judged by a pattern for all rows")
        func pattern() async throws {
            try await Workplace.with { place in
                try SumsFile.write(in: place)
                let task = ["--task", "sums.jsonl", "--verifier", #"regex:(?s).*=\d*[05]\s*"#, "--maximum-tokens", "60"] + Self.models
                let settings = ["--set", "recipe.problems=60", "recipe.samplesPerProblem=2", "evaluation.samplesPerProblem=2"]
                let outcome = try await Program.run(
                    ["run", "expert-iteration", "--generations", "1", "--json"] + task + settings, in: place.folder)
                let result = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                #expect(result["task"] as? String == "sums.jsonl")
            }
        }

        @Test("check tells prompts that lie in two splits, and how well a model does")
        func findings() async throws {
            try await Workplace.with { place in
                let rows = SumsFile.rows + SumsFile.rows.map { $0.replacing("arithmetic", with: "Arithmetic") }
                try SumsFile.write(in: place, rows)
                let arguments = ["check", "sums.jsonl", "--verifier", "number", "--json"]
                let plain = try await Program.run(arguments, in: place.folder)
                let result = try #require(try json(plain.output) as? [String: Any], "\(plain)")
                let likenesses = try #require(result["likenesses"] as? [[String: Any]])
                #expect(likenesses.count == 300 && likenesses.first?["line"] as? Int == 301 && likenesses.first?["earlier"] as? Int == 1)
                #expect(likenesses.contains { $0["split"] as? String != $0["earlierSplit"] as? String })
                #expect(result["accuracy"] == nil)
                let text = try await place.run("check", "sums.jsonl", "--verifier", "number")
                #expect(text.output.contains("across splits"), "\(text)")

                try SumsFile.write(in: place)
                let measuring = arguments + ["--model", "seedling", "--problems", "8", "--maximum-tokens", "60"] + Self.models
                let measured = try await Program.run(measuring, in: place.folder)
                let found = try #require(try json(measured.output) as? [String: Any], "\(measured)")
                let accuracy = try #require(found["accuracy"] as? [String: Any], "\(measured)")
                #expect(
                    accuracy["n"] as? Int == 8 && (accuracy["meanAtK"] as? [String: Double])?.keys.sorted() == ["high", "low", "value"])
                #expect((found["promptLengths"] as? [String: Any])?["unit"] as? String == "tokens")
                #expect((found["solutionsBeyondRoom"] as? [Int]) == [])
                #expect(try await place.run("check", "sums.jsonl", "--problems", "8").failed(2, naming: "--problems", "--model"))
            }
        }
    }
}
