import Autodidact
import Foundation
import TaskLibrary
import Texts

/// Names of tasks that look like those of files.
enum TaskName {
    /// What is said of the name of a file that is taken for the name of a task.
    static func refusal(of name: String) -> BadInput {
        do {
            if let whole = try whole(in: name) { return BadInput("\(OwnTaskError(file: name, fault: .wholeJSON(whole)))") }
        } catch { return error }
        return BadInput(
            "there is no task named '\(name.shown)', and a task file's name ends in .jsonl: it is JSON Lines, one object on each line, "
                + #"such as {"prompt": "1 + 1", "answer": "2"}; convert it and rename it to '\#(stem(of: name).shown).jsonl', or write "#
                + "'./\(name.shown)' if that is what it holds")
    }

    /// Whether a name looks like that of a file, or is one's.
    static func looksLikeFile(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: name) || !URL(fileURLWithPath: name).pathExtension.isEmpty
    }

    /// What an existing file is that has not one value a line; nil where it may have, or where there is none.
    private static func whole(in name: String) throws(BadInput) -> WholeJSON? {
        guard FileManager.default.fileExists(atPath: name) else { return nil }
        return WholeJSON(file: Array(try InputFile(name, kind: "task file").read(most: JSONLTask.mostBytes)))
    }

    private static func stem(of name: String) -> String { URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent }
}
