import Foundation
import Testing

extension CommandLineTests {
    @Suite("bad input ends with one line and code 2")
    struct BadInputTests {
        static let lines: [(arguments: String, words: [String])] = [
            ("rn", ["'rn'", "did you mean 'run'"]),
            ("help rcipes", ["'rcipes'", "did you mean 'recipes'"]),
            ("runs shwo last", ["'runs shwo'", "did you mean 'runs show'"]),
            ("runs show", ["error: missing", "<name>", "see 'autodidact runs show --help'"]),
            ("run --sed 3", ["unknown option '--sed'; did you mean '--seed'? See 'autodidact run --help'"]),
            ("run --frob", ["error: unknown option '--frob'; see 'autodidact run --help'"]),
            ("run --seed -1", ["--seed", "'-1'", "whole numbers from 0 up to 18446744073709551615"]),
            ("run --generations -1", ["'generations' is -1", "from 1 up to 1000"]),
            ("eval --model seedling --k -1", ["--k is -1", "from 1 up to 1000"]),
            ("run --seed x", ["--seed", "'x'", "whole numbers from 0 up to 18446744073709551615"]),
            ("run --generations abc", ["--generations", "'abc'", "whole numbers from 1 up to 1000", "'autodidact run --help'"]),
            ("eval --model seedling --k 1.5", ["--k", "'1.5'", "whole numbers from 1 up to 1000"]),
            ("pretrain --steps many", ["--steps", "whole numbers from 1 up to 100000"]),
            ("rollback x --to last", ["--to", "whole numbers from 0 up to 1000"]),
            ("run --level 1;2", ["--level", "such as 2, or 1,2 for several"]),
            ("run --level 1,9", ["levels", "9", "1, 2, 3"]),
            ("plan --generations 1 --generations 2", ["--generations is given 2 times", "give it once"]),
            ("runs --store a --store b", ["--store is given 2 times"]),
            ("plan --retain countdown", ["'retention.tasks' would have no effect", "'countdown' is what the run practises", "countdown:"]),
            ("run gprpo", ["recipe 'gprpo'", "did you mean 'grpo'"]),
            ("recipes show expert-iterations", ["did you mean 'expert-iteration'"]),
            ("run --task countdwn", ["'countdwn'", "did you mean 'countdown'"]),
            ("run agent-r", ["'agent-r'", "an environment", "recipes that fit this task: ", "tasks that fit this recipe: keydoor"]),
            ("tasks show arithmetc", ["did you mean 'arithmetic'"]),
            ("run --set gate.confidnce=0.9", ["'gate.confidnce'", "did you mean 'gate.confidence'"]),
            ("run --set learningRate=0.1", ["did you mean 'recipe.learningRate'"]),
            ("plan --set temperature=0.5", ["did you mean 'evaluation.temperature' or 'recipe.temperature'?"]),
            ("plan --set gate.frob=0.5", ["unknown setting 'gate.frob'; 'gate' has confidence, enabled, "]),
            ("plan --set frob=0.5", ["see 'autodidact plan' for all settings"]),
            ("run --set generations", ["'generations'", "key=value", "up to the next option"]),
            ("run --set seed=3 grpo", ["'grpo' is not of the form key=value", "write the recipe 'grpo' before it"]),
            ("run --set generations=many", ["'generations'", "a number"]),
            ("run --generations 0", ["generations", "from 1 up"]),
            ("plan --set generations=9000000000000000000", ["generations", "up to 1000"]),
            ("run --set evaluation.problems=9000000000000000000", ["evaluation.problems", "up to 100000"]),
            ("plan --set recipe.steps=9000000000000000000", ["steps", "up to 10000"]),
            ("plan expert-iteration --set recipe.problems=4611686018427387904", ["problems", "up to 100000"]),
            ("plan expert-iteration --set recipe.keptPerProblem=20", ["keptPerProblem", "no effect"]),
            ("eval --model seedling --k 9000000000000000000", ["--k", "up to 1000"]),
            ("pretrain --steps 9000000000000000000", ["--steps", "up to 100000"]),
            ("run --set evaluation.problems=2", ["evaluation.problems", "gate.confidence"]),
            ("run --set store.keepWeights=-1", ["store.keepWeights", "from 0 up"]),
            (
                "plan expert-iteration --generations 9 --set recipe.pool=accumulated store.keepEpisodes=3",
                ["store.keepEpisodes", "recipe.pool", "from 8 up"]
            ),
            ("rollback nothing", ["no runs yet"]),
            ("run --set recipe.learningRate=-1", ["recipe.learningRate"]),
            ("run grpo --set recipe.clipLow=0.3", ["recipe.clipLow", "no effect", "updatesPerStep"]),
            ("run --seed 1 --set seed=2", ["seed", "no effect"]),
            ("run --level 9", ["levels", "9", "1, 2, 3"]),
            ("eval --model seedling --level 9", ["--level", "1, 2, 3"]),
            ("run --settings nowhere.json", ["the settings file 'nowhere.json'", "there is no such file", "check its path"]),
            ("run --settings /", ["'/' is a folder, not a file"]),
            ("check nowhere.jsonl", ["the task file 'nowhere.jsonl'", "there is no such file"]),
            ("run --model seedlin", ["'seedlin'", "did you mean 'seedling'"]),
            ("run --model another", ["there is no model 'another'; take one of ", "seedling", "or name a directory"]),
            ("plan countdown", ["'countdown' is a task", "'--task countdown'"]),
            ("study foo", ["there is no study 'foo'; known: nft, b-star"]),
            ("run --model ./nowhere", ["nowhere", "not a directory with a model"]),
            ("run --model .", ["has no config.json and no tokenizer.json and no model.safetensors", "a model directory holds"]),
            ("run --model tinker+http://host:1/base", ["tinker+http://host:1/base", "not part of this version"]),
            ("run --model openai+http://host:1/v1#m", ["not part of this version"]),
            ("run --models nowhere", ["nowhere"]),
            ("run --cores 0", ["--cores", "from 1 up"]),
            ("run --cores 100000", ["--cores is 100000", "from 1 up to \(ProcessInfo.processInfo.activeProcessorCount)"]),
            ("bench --only 0.83M --cores 100000", ["--cores is 100000", "the cores of this machine"]),
            ("run --report nowhere/report.html", ["--report", "nowhere", "make it first"]),
            ("run --report /", ["--report", "is a folder, not a file"]),
            ("report last --output /", ["--output", "is a folder, not a file"]),
            ("report last --plot nowhere/plot.svg", ["--plot", "nowhere"]),
            ("export last --episodes nowhere/episodes.jsonl", ["--episodes", "nowhere"]),
            ("pretrain --output /dev/null", ["--output", "is a file, not a folder"]),
            ("runs --store /dev/null", ["--store", "is a file, not a folder"]),
            ("study nft --output nowhere/atlas", ["--output", "nowhere"]),
            ("eval --task countdown", ["--model"]),
            ("eval --model seedling --k 0", ["--k", "from 1 up"]),
            ("run --conversation llama2", ["conversation", "llama2", "plain, chatml"]),
            ("run --conversation chatml --set conversation=plain", ["conversation", "no effect"]),
            ("run --conversation chatml", ["chatml needs the token", "such as plain"]),
            ("eval --model seedling --conversation llama2", ["--conversation", "llama2", "plain, chatml"]),
            ("export last", ["--model", "--episodes"]),
            ("runs show last", ["no runs"]),
            ("report 20990101-000000-none", ["no runs"]),
            ("run --resume last", ["no runs"]),
            ("study nftt", ["'nftt'", "did you mean 'nft'"]),
            ("study nft --seeds 2", ["--seeds is 2", "from 3"]),
            ("study nft --quick --seeds 1", ["--seeds is 1", "from 2"]),
            ("study nft --all", ["--all"]),
            ("study --quick", ["--quick is for a study", "nft, b-star", "--all", "'autodidact study --help'"]),
            ("study --seeds 4", ["--seeds is for a study", "--all"]),
            ("study nft nft", ["twice"]),
            ("study nft --quick --model seedlin", ["'seedlin'", "did you mean 'seedling'"]),
            ("study --atlas --output nowhere", ["nowhere"]),
            ("bench --only 7B", ["7B", "0.83M"]),
            ("pretrain --steps 0", ["--steps", "from 1 up"]),
        ]

        @Test("on the command line", arguments: lines.indices)
        func commandLine(index: Int) async throws {
            let (arguments, words) = Self.lines[index]
            let outcome = try await Workplace.with { place in
                try await Program.run(arguments.split(separator: " ").map(String.init) + Self.models(arguments), in: place.folder)
            }
            #expect(outcome.failed(2), "\(arguments): \(outcome)")
            for word in words { #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)") }
        }

        /// Commands that look for models are told where they are.
        private static func models(_ arguments: String) -> [String] {
            let takesModels = arguments.hasPrefix("run ") || arguments.hasPrefix("eval ") || arguments.hasPrefix("study nft")
            let folder = Program.root.appendingPathComponent("Models").path
            return takesModels && !arguments.contains("--models") ? ["--models", folder] : []
        }

        @Test(
            "in a settings file",
            arguments: [
                (#"{"gate": {"confidenc": 0.9}}"#, "gate.confidenc"), (#"{"generations": "x"}"#, "generations"),
                ("{", "settings.json:1:2: not JSON: found the end of the text, expected a name in double quotes; settings are written"),
                ("{\n  \"generations\": 3,\n}", "settings.json:3:1: not JSON: found '}', expected"),
            ])
        func settingsFile(text: String, named: String) async throws {
            try await Workplace.with { place in
                try Data(text.utf8).write(to: place.folder.appendingPathComponent("settings.json"))
                let outcome = try await place.run("plan", "--settings", "settings.json")
                #expect(outcome.failed(2, naming: "settings.json", named), "\(outcome)")
            }
        }

        /// What is done to a copy of the base model, and the file that the message must name.
        static let damages: [(name: String, file: String, damage: @Sendable (URL) throws -> Void)] = [
            ("cut weights", "model.safetensors", { try edit($0, "model.safetensors") { $0.dropLast(100) } }),
            ("cut header", "model.safetensors", { try edit($0, "model.safetensors") { $0.prefix(40) } }),
            ("no weights", "model.safetensors", { try FileManager.default.removeItem(at: $0.appendingPathComponent("model.safetensors")) }),
            ("broken configuration", "config.json", { try edit($0, "config.json") { $0.dropLast(10) } }),
            ("another shape", "model", { try replace($0, "config.json", #""hidden_size": 128"#, #""hidden_size": 64"#) }),
            ("too few layers", "model", { try replace($0, "config.json", #""num_hidden_layers": "#, #""num_hidden_layers": 1"#) }),
            ("no tokenizer", "tokenizer.json", { try FileManager.default.removeItem(at: $0.appendingPathComponent("tokenizer.json")) }),
            ("broken tokenizer", "tokenizer.json", { try edit($0, "tokenizer.json") { $0.prefix(1000) } }),
            ("unknown chat template", "chat_template.jinja", { try write($0, "chat_template.jinja", "{{ messages }}") }),
        ]

        @Test("a model whose chat template is not known can be prompted in a format that is named")
        func namedFormat() async throws {
            try await Workplace.with { place in
                try Self.write(try place.copiedModel(), "chat_template.jinja", "{{ messages }}")
                let arguments = ["eval", "--model", "./model", "--problems", "5", "--k", "1"]
                let refused = try await place.run(arguments[0], arguments[1], arguments[2])
                #expect(refused.failed(2, naming: "plain, chatml", "with --conversation"), "\(refused)")
                let study = try await place.run("study", "nft", "--quick", "--model", "./model")
                #expect(study.failed(2, naming: "plain, chatml") && !study.errors.contains("--conversation"), "\(study)")
                let named = try await Program.run(arguments + ["--conversation", "plain"], in: place.folder)
                #expect(named.code == 0, "\(named)")
            }
        }

        @Test("a prompt that leaves no room in the model's context", arguments: ["eval --model", "run --model"])
        func shortContext(command: String) async throws {
            try await Workplace.with { place in
                let field = #""max_position_embeddings": "#
                try Self.replace(try place.copiedModel(), "config.json", field + "1024", field + "8")
                let arguments = command.split(separator: " ").map(String.init) + ["./model"]
                let outcome = try await Program.run(arguments, in: place.folder)
                #expect(outcome.failed(2, naming: "no room for a response in a context of 8", "a longer context"), "\(outcome)")
            }
        }

        @Test("in a model's files", arguments: damages.indices)
        func model(index: Int) async throws {
            try await Workplace.with { place in
                let (name, file, damage) = Self.damages[index]
                try damage(try place.copiedModel())
                let outcome = try await place.run("eval", "--model", "./model")
                #expect(outcome.failed(2, naming: file), "\(name): \(outcome)")
            }
        }

        private static func write(_ folder: URL, _ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }

        private static func edit(_ folder: URL, _ name: String, _ change: (Data) -> Data) throws {
            let file = folder.appendingPathComponent(name)
            try Data(change(try Data(contentsOf: file))).write(to: file)
        }

        private static func replace(_ folder: URL, _ name: String, _ old: String, _ new: String) throws {
            try edit(folder, name) { data in
                let text = String(decoding: data, as: UTF8.self)
                let spaced = [old, old.replacingOccurrences(of: ": ", with: " : "), old.replacingOccurrences(of: ": ", with: ":")]
                return Data(spaced.reduce(text) { $0.replacingOccurrences(of: $1, with: new) }.utf8)
            }
        }
    }
}
