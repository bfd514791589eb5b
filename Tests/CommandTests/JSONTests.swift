import Foundation
import Testing

/// JSON as a tree, to look at names and types.
func json(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8))
}

extension CommandLineTests {
    @Suite("JSON has the fields that scripts rely on")
    struct JSONTests {
        static let models = ["--models", Program.root.appendingPathComponent("Models").path]

        @Test("recipes")
        func recipes() async throws {
            let outcome = try await Workplace.with { try await $0.run("recipes", "--json") }
            let recipes = try #require(try json(outcome.output) as? [[String: Any]])
            #expect(Set(recipes.compactMap { $0["slug"] as? String }).isSuperset(of: ["expert-iteration", "grpo"]))
            for recipe in recipes {
                #expect(recipe["name"] is String && recipe["family"] is String && recipe["arxiv"] is String && recipe["needs"] is [String])
            }
        }

        @Test(
            "a recipe's page says whose reward it learns from",
            arguments: [
                ("grpo", "the verifier's", "verifier"), ("alphallm", "its critics', which the verifier teaches", "critics"),
                ("ssr-zero", "its own", "none"),
            ])
        func reward(slug: String, words: String, feedback: String) async throws {
            let text = try await Workplace.with { try await $0.run("recipes", "show", slug) }
            #expect(text.output.contains(words), "\(text)")
            let outcome = try await Workplace.with { try await $0.run("recipes", "show", slug, "--json") }
            let page = try #require(try json(outcome.output) as? [String: Any])
            #expect((page["recipe"] as? [String: Any])?["feedback"] as? String == feedback)
            #expect(page["notes"] is [[String: Any]] && page["metrics"] is [[String: Any]])
        }

        @Test("eval, of one model and of two")
        func eval() async throws {
            let arguments = ["eval", "--model", "seedling", "--task", "countdown", "--problems", "30", "--k", "4", "--json"] + Self.models
            let outcome = try await Workplace.with { try await Program.run(arguments + ["--compare", "seedling"], in: $0.folder) }
            let result = try #require(try json(outcome.output) as? [String: Any])
            for side in [result, try #require(result["compare"] as? [String: Any])] {
                #expect(side["model"] as? String == "seedling" && side["task"] as? String == "countdown")
                #expect(side["n"] as? Int == 30 && side["k"] as? Int == 4)
                for name in ["meanAtK", "passAtK", "greedy"] {
                    let estimate = try #require(side[name] as? [String: Double])
                    let (value, low, high) = (
                        try #require(estimate["value"]), try #require(estimate["low"]), try #require(estimate["high"])
                    )
                    #expect(0 <= low && low <= value && value <= high && high <= 1)
                }
            }
            #expect((result["difference"] as? [String: Double])?["estimate"] == 0)
        }

        @Test("plan marks what is changed")
        func plan() async throws {
            let arguments = ["plan", "grpo", "--set", "gate.confidence=0.9", "--json"] + Self.models
            let outcome = try await Workplace.with { try await Program.run(arguments, in: $0.folder) }
            let plan = try #require(try json(outcome.output) as? [String: Any])
            let settings = try #require(plan["settings"] as? [[String: Any]])
            let changed = settings.filter { $0["isDefault"] as? Bool == false }.compactMap { $0["key"] as? String }
            #expect(changed == ["gate.confidence"])
            #expect(settings.allSatisfy { !(($0["help"] as? String) ?? "").isEmpty })
            let cost = try #require(plan["cost"] as? [String: Any])
            for name in ["samples", "tokensSampled", "optimizerSteps", "megabytes"] { #expect((cost[name] as? Double ?? 0) > 0, "\(name)") }
            #expect(((cost["seconds"] as? [String: Double])?["total"] ?? 0) > 0)
            for name in ["continuations", "writtenScores", "referenceSequences", "probeSequences", "criticSequences", "tokensScored"] {
                #expect(cost[name] as? Int == 0, "\(name)")
            }
        }

        @Test("plan counts what searches sample, judges score and critics learn, and second attempts")
        func planOfSearches() async throws {
            func cost(_ recipe: String) async throws -> [String: Any] {
                let arguments = ["plan", recipe, "--set", "generations=2", "--json"] + Self.models
                let outcome = try await Workplace.with { try await Program.run(arguments, in: $0.folder) }
                let plan = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                return try #require(plan["cost"] as? [String: Any])
            }
            let search = try await cost("alphallm")
            // 512 trees of 24 rounds with 1 + 2 options each, and 25 nodes with 2 rollouts, in 2 generations.
            #expect(search["continuations"] as? Int == 2 * 512 * (24 * 3 + 25 * 2))
            for name in ["probeSequences", "criticSequences", "criticSteps", "tokensScored"] {
                #expect((search[name] as? Int ?? 0) > 0, "\(name)")
            }
            #expect(search["turnsPerEpisode"] as? Int == 1 && search["referenceSequences"] as? Int == 0)
            let correction = try await cost("score")
            #expect(correction["turnsPerEpisode"] as? Int == 2)
            #expect(correction["referenceSequences"] as? Int == correction["samples"] as? Int)
        }

        @Test("plan counts scores that a judge writes as a few tokens each")
        func planOfWrittenScores() async throws {
            func cost(_ readout: String) async throws -> [String: Any] {
                let small = ["generations=1", "recipe.steps=1", "recipe.questionsPerStep=32", "recipe.samplesPerQuestion=8"]
                let arguments = ["plan", "ssr-zero", "--set"] + small + ["recipe.readout=\(readout)", "--json"] + Self.models
                let outcome = try await Workplace.with { try await Program.run(arguments, in: $0.folder) }
                let plan = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                return try #require(plan["cost"] as? [String: Any])
            }
            let (written, read) = (try await cost("sampled"), try await cost("expected"))
            #expect(written["writtenScores"] as? Int == 32 * 8 && written["continuations"] as? Int == 0)
            #expect(read["writtenScores"] as? Int == 0)
            // Episodes are the same, each followed by a score of at most 8 tokens.
            let more = (written["tokensSampled"] as? Int ?? 0) - (read["tokensSampled"] as? Int ?? 0)
            #expect(more == 32 * 8 * 8)
        }

        @Test("bench")
        func bench() async throws {
            let outcome = try await Workplace.with { try await $0.run("bench", "--only", "0.83M", "--json") }
            let lines = try #require(try json(outcome.output) as? [[String: Any]])
            let names = [
                "train_tokens_per_s", "sample_tokens_per_s", "grpo_step_s", "sgemm_gflops", "peak_rss_mb", "memory_gb_per_s",
                "encode_mb_per_s",
            ]
            #expect(Set(lines.compactMap { $0["name"] as? String }) == Set(names))
            for line in lines {
                #expect(line["model"] as? String == "0.83M" && line["unit"] is String && line["batch"] is Int)
                #expect((800_000..<900_000).contains(line["parameters"] as? Int ?? 0))
                #expect((line["value"] as? Double ?? 0) > 0)
                #expect((line["roofline"] as? Double ?? 0) > 0 || line["name"] as? String == "encode_mb_per_s")
            }
        }

        @Test("every listing prints JSON, and text for people without it", arguments: ["recipes", "tasks", "models", "runs", "doctor"])
        func listings(command: String) async throws {
            try await Workplace.with { place in
                let more = ["models", "doctor"].contains(command) ? Self.models : []
                let machine = try await Program.run([command, "--json"] + more, in: place.folder)
                let list = try json(machine.output)
                #expect(machine.code == 0 && list is [Any])
                let human = try await Program.run([command] + more, in: place.folder)
                #expect(human.code == 0 && !human.output.isEmpty && !human.output.contains("\u{1B}"))
            }
        }

        @Test("a machine without the base model is told so")
        func doctor() async throws {
            try await Workplace.with { place in
                try FileManager.default.createDirectory(
                    at: place.folder.appendingPathComponent("Models"), withIntermediateDirectories: true)
                let outcome = try await place.run("doctor", "--models", "Models")
                #expect(outcome.code == 1 && outcome.errors.hasPrefix("error: seedling"))
            }
        }
    }
}
