import Autodidact
import Foundation
import RunStore
import Testing

@Suite("export")
struct ExportTests {
    private typealias Samples = ExportSamples
    private let one = Samples.problem(0)
    private let two = Samples.problem(1)

    @Test("labelled completions have TRL's columns and no others, and each a line of provenance")
    func labelled() async throws {
        try await withFolder { folder in
            let wrong = Samples.episode(one, "7", .wrong(score: 0.25, feedback: "not 7"), member: 1)
            let right = [one, two].map { Samples.episode($0, $0 == one ? "8" : "9", .correct) }
            let store = try await Samples.store(folder, [[right[0], wrong], [right[1]]])
            let files = try ExportedFiles(store, .kto, in: folder)
            #expect(files.rows.map { Set($0.keys) } == Array(repeating: ["prompt", "completion", "label"], count: 3))
            #expect(files.texts("prompt") == [one.prompt, one.prompt, two.prompt] && files.texts("completion") == ["8", "7", "9"])
            #expect(files.rows.compactMap { $0["label"] as? Bool } == [true, false, true])
            #expect(files.origins.count == 3 && files.count.rows == 3 && files.count.right == 2 && files.count.episodes == 3)
            let origin = files.origins[1]
            #expect(origin["run"] as? String == "otter-1" && origin["problem_id"] as? String == one.id && origin["member"] as? Int == 1)
            #expect(origin["generation"] as? Int == 1 && files.origins[2]["generation"] as? Int == 2 && origin["turn"] as? Int == 1)
            #expect(origin["reward"] as? Double == 0.25 && origin["feedback"] as? String == "not 7")
            #expect(origin["weights"] as? String == "w" && origin["step"] as? Int == 2 && origin["key"] as? String == "\(UInt64.max)")
        }
    }

    @Test("a policy that was asked in turns is exported as messages, with what its template has to be told")
    func conversational() async throws {
        try await withFolder { folder in
            let store = try await Samples.store(folder, [[Samples.episode(one, "8", .correct), Samples.episode(one, "7", .wrong(""))]])
            let reader = SpelledTurns(isConversational: true, templateArguments: ["enable_thinking": false])
            let pairs = try ExportedFiles(store, .preference, reader, in: folder)
            #expect(Set(pairs.rows[0].keys) == ["prompt", "chosen", "rejected", "chat_template_kwargs"])
            #expect(pairs.messages("prompt") == [["user: \(one.prompt)"]])
            #expect(pairs.messages("chosen") == [["assistant: 8"]] && pairs.messages("rejected") == [["assistant: 7"]])
            #expect(pairs.rows[0]["chat_template_kwargs"] as? [String: Bool] == ["enable_thinking": false])
            let imitated = try ExportedFiles(store, .sft, reader, in: folder)
            #expect(Set(imitated.rows[0].keys) == ["prompt", "completion", "chat_template_kwargs"] && imitated.rows.count == 1)
            #expect(imitated.messages("completion") == [["assistant: 8"]])
        }
    }

    @Test("what is imitated was judged right and ended by itself")
    func imitated() async throws {
        try await withFolder { folder in
            let episodes = [
                Samples.episode(one, "8", .correct), Samples.episode(one, "8, which", .correct, stop: .length),
                Samples.episode(one, "7", .wrong(""), stop: .length),
            ]
            let store = try await Samples.store(folder, [episodes])
            for form in [DatasetForm.sft, .messages] {
                let files = try ExportedFiles(store, form, in: folder)
                #expect(files.rows.count == 1 && files.count.cutOff == 1)
            }
            // That a wrong answer was cut off does not make it right.
            let labelled = try ExportedFiles(store, .kto, in: folder)
            #expect(labelled.texts("completion") == ["8", "7"] && labelled.count.cutOff == 1)
        }
    }

    @Test("what was not judged, or is on problems that measure, is in no form, whatever the split says")
    func kept() async throws {
        let (heldOut, sealed, evaluated) = (Samples.problem(0, split: .heldOut), Samples.problem(0, split: .sealed), Samples.problem(5))
        let barred = [heldOut, sealed, evaluated].flatMap { [Samples.episode($0, "1", .correct), Samples.episode($0, "2", .wrong(""))] }
        let unknown = [Verdict.unscorable(reason: "time-out"), .correct(score: .nan, feedback: "")].map { Samples.episode(two, "3", $0) }
        let good = [Samples.episode(one, "8", .correct), Samples.episode(one, "7", .wrong(""))]
        try await withFolder { folder in
            let store = try await Samples.store(folder, [barred + unknown + good], evaluated: evaluated.id)
            for form in DatasetForm.allCases {
                let files = try ExportedFiles(store, form, in: folder)
                #expect(files.count.heldOut == 6 && files.count.unscorable == 2)
                let prompts = form == .messages ? files.messages("messages").map { $0[0] } : files.texts("prompt")
                #expect(!prompts.isEmpty && prompts.allSatisfy { $0.hasSuffix(one.prompt) }, "\(form): \(prompts)")
                #expect(!files.origins.contains { "\($0)".contains(heldOut.id) || "\($0)".contains(sealed.id) })
            }
        }
    }

    @Test("a generation that failed safety, or was taken back by hand, is left out and named")
    func barred() async throws {
        let generations = ["1", "2", "3"].map { [Samples.episode(one, $0, .correct)] }
        try await withFolder { folder in
            let store = try await Samples.store(folder, generations, quarantined: [2])
            let files = try ExportedFiles(store, .sft, in: folder)
            #expect(files.texts("completion") == ["1", "3"] && files.count.barred == [2])
            _ = try store.rollBack("otter-1", to: 1, reason: "", at: 1)
            let later = try ExportedFiles(store, .kto, in: folder)
            #expect(later.texts("completion") == ["1"] && later.count.barred == [2, 3])
        }
    }

    @Test(
        "a form that nothing fits is refused with what there may be instead, and leaves no file",
        arguments: [
            (DatasetForm.sft, Verdict.wrong(""), "--form kto"), (.messages, .wrong(""), "--form kto"),
            (.preference, .correct, "recipe.samplesPerProblem"), (.kto, .unscorable(reason: ""), "none of its 2 episodes was judged"),
        ])
    func nothing(form: DatasetForm, verdict: Verdict, remedy: String) async throws {
        try await withFolder { folder in
            let store = try await Samples.store(folder, [[Samples.episode(one, "1", verdict), Samples.episode(two, "2", verdict)]])
            let error = #expect(throws: StoreError.self) { try ExportedFiles(store, form, in: folder) }
            guard case .nothingToExport(run: "otter-1", let reason)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains(remedy))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("\(form).") } == [])
        }
    }

    @Test("a file that cannot be written is an error and leaves nothing behind, its provenance neither")
    func unwritable() async throws {
        try await withFolder { folder in
            let store = try await Samples.store(folder, [[Samples.episode(one, "8", .correct)]])
            let (target, origins) = (folder.appendingPathComponent("target"), folder.appendingPathComponent("origins"))
            try FileManager.default.createDirectory(at: target.appendingPathComponent("full"), withIntermediateDirectories: true)
            for place in [target, folder.appendingPathComponent("none/out")] {
                #expect(throws: StoreError.self) {
                    try store.exportEpisodes(of: "otter-1", as: .kto, reading: SpelledTurns(), to: place, provenance: origins)
                }
                #expect(!FileManager.default.fileExists(atPath: origins.path))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") } == [])
        }
    }
}
