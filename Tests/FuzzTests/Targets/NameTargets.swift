import Autodidact
import Foundation
import LanguageModel
import Recipes
import TaskLibrary

@testable import AutodidactCLI
@testable import RunStore

/// Names as they are given on the command line: of models, tasks, recipes, formats, runs.
let nameTargets = [
    FuzzTarget(
        "names",
        words: [
            "seedling", "tinker+http", "openai+https", "://", "/v1#", "Models/", "last", "countdown", "grpo", "chatml", ".jsonl", "-", "_",
        ],
        places: ["'", "“"],
        corpus: {
            ["./seedling", "/models/seedling", "tinker+http://h/m", "openai+https://h/v1#m"].map { FuzzInput("name.txt", $0.utf8) }
        },
        run: { input in
            let name = input.text
            var refusals: [any Error] = []
            func read(_ body: () throws -> Void) { do { try body() } catch { refusals.append(error) } }
            read { _ = try TaskCatalogue.family(named: name) }
            read { _ = try ConversationFormat(named: name, template: nil) }
            read { _ = try nameStore.get().lockFile(of: name) }
            for refusal in refusals { if let fault = Refusal.fault(of: refusal, places: ["'", "“"]) { throw Violation(fault) } }
            if let lock = try? nameStore.get().lockFile(of: name) {
                try require(
                    lock.standardizedFileURL.deletingLastPathComponent().lastPathComponent == "locks", "\(lock.path) left its folder")
            }
            _ = try ModelName(name, on: nameShelf.get())
        })
]

private let nameShelf = Result {
    // A folder that is there and holds no model.
    try ModelShelf(folder: nameStore.get().folder.path)
}
private let nameStore = Result { try RunStore.temporary() }
