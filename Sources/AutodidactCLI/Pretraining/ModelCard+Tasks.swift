import Foundation
import LanguageModel
import Texts

extension ModelCard {
    /// The card's file in a model's directory.
    static let fileName = "README.md"
    /// Of a longer card the rest is not looked at.
    private static let mostBytes = 1 << 20
    /// Of a longer table the rest is not looked at: each name is held against each prompt of a task's file.
    static let mostRows = 1_000

    /// The tasks that the card of a model's directory states; none where it has no card, or one of another form.
    ///
    /// - Throws: `BadInput` where the card is no file of this directory, or cannot be read.
    static func tasks(in folder: URL) throws(BadInput) -> [String] {
        let file = folder.appendingPathComponent(fileName)
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        do {
            return tasks(statedIn: String(decoding: try ModelFile.head(of: file, most: mostBytes), as: UTF8.self))
        } catch {
            throw BadInput("the model's card '\(file.path.shown)' is not read: \(error.reason.shown)")
        }
    }

    /// The tasks in the table of what a model can do, each once; none where a text has no such table.
    static func tasks(statedIn text: String) -> [String] {
        let rows = text.split(whereSeparator: \.isNewline).drop { cells($0) != LevelFigures.heads }.prefix { $0.hasPrefix("|") }
        var known: Set = [""]
        return rows.dropFirst(2).prefix(mostRows).compactMap { cells($0).first }.filter { known.insert($0).inserted }
    }

    /// The cells of a table's line.
    private static func cells(_ line: Substring) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }
}
