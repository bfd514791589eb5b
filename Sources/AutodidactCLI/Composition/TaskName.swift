import Autodidact
import Foundation
import Texts

/// Names of tasks that look like those of files.
enum TaskName {
    /// What is said of the name of a file that is taken for the name of a task.
    static func refusal(of name: String) -> BadInput {
        BadInput(
            "there is no task named '\(name.shown)', and a task file's name ends in .jsonl: it is JSON Lines, one object on each line, "
                + #"such as {"prompt": "1 + 1", "answer": "2"}; convert it and rename it to '\#(stem(of: name).shown).jsonl', or write "#
                + "'./\(name.shown)' if that is what it holds")
    }

    /// Whether a name looks like that of a file, or is one's.
    static func looksLikeFile(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: name) || !URL(fileURLWithPath: name).pathExtension.isEmpty
    }

    private static func stem(of name: String) -> String { URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent }
}
