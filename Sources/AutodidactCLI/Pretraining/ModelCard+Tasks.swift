import Foundation

extension ModelCard {
    /// The card's file in a model's directory.
    static let fileName = "README.md"
    private static let mostBytes = 1 << 20

    /// The tasks that the card of a model's directory states; none where it has no card, or one of another form.
    static func tasks(in folder: URL) -> [String] {
        let file = folder.appendingPathComponent(fileName).resolvingSymlinksInPath()
        // What cannot be read states nothing; only notes depend on it.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.path),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int, size <= mostBytes,
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return [] }
        return tasks(statedIn: text)
    }

    /// The tasks in the table of what a model can do, each once; none where a text has no such table.
    static func tasks(statedIn text: String) -> [String] {
        let rows = text.split(whereSeparator: \.isNewline).drop { cells($0) != LevelFigures.heads }.prefix { $0.hasPrefix("|") }
        let names = rows.dropFirst(2).compactMap { cells($0).first }
        return names.reduce(into: []) { if !$1.isEmpty && !$0.contains($1) { $0.append($1) } }
    }

    /// The cells of a table's line.
    private static func cells(_ line: Substring) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }
}
