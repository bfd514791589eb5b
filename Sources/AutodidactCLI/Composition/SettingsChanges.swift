import Autodidact
import Foundation

/// What the command line changes in a run's settings: a file first, then single assignments.
struct SettingsChanges: Sendable {
    var file: String?
    /// Of the form key=value.
    var assignments: [String] = []

    var isEmpty: Bool { file == nil && assignments.isEmpty }

    /// The tree with the changes.
    ///
    /// - Throws: `SettingsError` for an unknown key, an unfit value, or an assignment that a later one would undo; `BadInput` where
    ///   the file cannot be read.
    func applied<Value>(to tree: SettingsTree<Value>) throws -> SettingsTree<Value> {
        var tree = tree
        if let file { try tree.apply(contentsOfJSON: try contents(of: file), fileName: file) }
        var assigned: Set<String> = []
        for assignment in assignments {
            let key = String(assignment.prefix { $0 != "=" }).trimmingCharacters(in: .whitespaces)
            do {
                try tree.apply(assignment)
            } catch {
                throw Self.pointed(error, into: tree.keys.map(\.key))
            }
            guard assigned.insert(key).inserted else { throw SettingsError.noEffect(key: key, because: "it is given twice") }
        }
        return tree
    }

    /// The error, with the recipe's key of that name where one was meant.
    private static func pointed(_ error: SettingsError, into keys: [String]) -> SettingsError {
        guard case .unknownKey(let key, nil) = error, keys.contains("recipe." + key) else { return error }
        return .unknownKey(key, nearest: "recipe." + key)
    }

    /// The most bytes of a settings file; the longest there can be has some thousands.
    private static let mostBytes = 16 << 20

    private func contents(of file: String) throws(BadInput) -> Data {
        do {
            let url = URL(fileURLWithPath: file).resolvingSymlinksInPath()
            let size = try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int ?? 0
            guard size <= Self.mostBytes else {
                throw BadInput("the settings file '\(file)' has \(size) bytes, more than the \(Self.mostBytes) that are read")
            }
            return try Data(contentsOf: url)
        } catch let error as BadInput {
            throw error
        } catch {
            throw BadInput("the settings file '\(file)' cannot be read: \(error.localizedDescription)")
        }
    }
}
