import Autodidact
import Foundation
import Recipes

/// What the command line changes in a run's settings: a file first, then single assignments.
struct SettingsChanges: Sendable {
    var file: String?
    /// Of the form key=value.
    var assignments: [String] = []

    /// The most bytes of a settings file; the longest there can be has some thousands.
    private static let mostBytes = 16 << 20

    var isEmpty: Bool { file == nil && assignments.isEmpty }

    /// The tree with the changes.
    ///
    /// - Throws: `SettingsError` for an unknown key, an unfit value, or an assignment that a later one would undo; `BadInput` where
    ///   the file cannot be read.
    func applied<Value>(to tree: SettingsTree<Value>) throws -> SettingsTree<Value> {
        var tree = tree
        if let file {
            let content = try InputFile(file, kind: "settings file").read(most: Self.mostBytes)
            try tree.apply(contentsOfJSON: content, fileName: file)
        }
        var assigned: Set<String> = []
        for assignment in assignments {
            let key = String(assignment.prefix { $0 != "=" }).trimmingCharacters(in: .whitespaces)
            do {
                try tree.apply(assignment)
            } catch {
                throw Self.remedied(error) ?? error
            }
            guard assigned.insert(key).inserted else { throw SettingsError.noEffect(key: key, because: "it is given twice") }
        }
        return tree
    }

    /// What to write instead, where a word of another kind came after --set; nil for other errors.
    private static func remedied(_ error: SettingsError) -> BadInput? {
        guard case .malformed(let word) = error else { return nil }
        let isRecipe = RecipeCatalogue.all.contains { $0.card.slug == word }
        return BadInput(
            "\(error); --set takes all words up to the next option"
                + (isRecipe ? ", so write the recipe '\(word)' before it" : ", so write what is no setting before it"))
    }
}
