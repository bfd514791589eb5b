import Foundation
import Testing

extension CommandLineTests {
    @Suite("export")
    struct ExportTests {
        /// The other forms of a finished run's episodes, of which `rows` were labelled, and the card in `out`, where its model went.
        static func check(_ place: Workplace, rows: Int, run id: String) async throws {
            for (form, columns) in [("sft", ["completion", "prompt"]), ("preference", ["chosen", "prompt", "rejected"])] {
                let arguments = ["export", "last", "--episodes", "\(form).jsonl", "--form", form, "--json"] + RunTests.models
                let outcome = try await Program.run(arguments, in: place.folder)
                let exported = try #require(try json(outcome.output) as? [String: Any], "\(outcome)")
                let lines = try Self.lines(place, "\(form).jsonl"), count = try #require(exported["count"] as? Int)
                #expect(exported["form"] as? String == form && exported["conversational"] as? Bool == false)
                #expect(lines.allSatisfy { $0.keys.sorted() == columns } && lines.count == count && (1..<rows).contains(count))
                #expect(try Self.lines(place, "\(form).provenance.jsonl").count == count)
                #expect(exported["heldOut"] as? Int == 0 && exported["unscorable"] as? Int == 0)
                let again = try await Program.run(arguments, in: place.folder)
                #expect(again.failed(2, naming: "--episodes", "exists already"), "\(again)")
            }
            let labelled = try Self.lines(place, "episodes.jsonl")
            #expect(labelled.allSatisfy { $0.keys.sorted() == ["completion", "label", "prompt"] })
            let card = try String(contentsOf: place.folder.appendingPathComponent("out/README.md"), encoding: .utf8)
            #expect(card.hasPrefix("---\nlibrary_name: transformers\nbase_model: \"seedling\"\n") && card.contains(id))
            #expect(card.contains("| mean@4 | 40 |") && !card.contains(place.folder.path))
        }

        /// The objects of a file of JSON lines.
        private static func lines(_ place: Workplace, _ name: String) throws -> [[String: Any]] {
            try String(contentsOf: place.folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n").compactMap {
                try json(String($0)) as? [String: Any]
            }
        }

        @Test("of a model that is not there any more says what is missing, and of one that solved nothing what there may be instead")
        func refused() async throws {
            try await Workplace.with { place in
                let model = try place.copiedModel()
                try SumsFile.write(in: place, SumsFile.rows.map { $0.replacingOccurrences(of: "\"answer\": ", with: "\"answer\": 77") })
                let task = ["--task", "sums.jsonl", "--verifier", "number", "--maximum-tokens", "30"]
                let small = ["recipe.problems=20", "recipe.samplesPerProblem=2", "evaluation.samplesPerProblem=1"]
                let run = try await Program.run(
                    ["run", "expert-iteration", "--model", "./model", "--generations", "1"] + task + ["--set"] + small, in: place.folder)
                #expect(run.code == 0, "\(run)")
                for (form, remedy) in [("sft", "--form kto takes what is wrong too"), ("preference", "more samples of each problem")] {
                    let outcome = try await place.run("export", "last", "--episodes", "e.jsonl", "--form", form)
                    #expect(outcome.failed(2, naming: "nothing to export", remedy), "\(outcome)")
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).filter { $0.hasPrefix("e.") } == [])
                let labelled = try await place.run("export", "last", "--episodes", "k.jsonl", "--form", "kto")
                #expect(labelled.code == 0 && labelled.output.contains("as labelled completions"), "\(labelled)")
                #expect(labelled.output.contains("every row has the same label"), "\(labelled)")
                try FileManager.default.removeItem(at: model)
                let gone = try await place.run("export", "last", "--episodes", "e.jsonl")
                #expect(gone.failed(2, naming: "tokenizer.json", "put the model back"), "\(gone)")
            }
        }
    }
}
