import ArgumentParser
import Autodidact
import Foundation
import RunStore

extension DatasetForm {
    /// The form that most of what was judged fits into.
    static let usual = DatasetForm.kto

    /// The form for people.
    var inWords: String {
        switch self {
        case .sft: "prompts with right completions"
        case .messages: "right conversations"
        case .preference: "preference pairs"
        case .kto: "labelled completions"
        }
    }

    /// Reads a form by its name; what is none is refused with all names.
    static func reader(_ name: String) throws -> DatasetForm {
        guard let form = DatasetForm(rawValue: name) else { throw Refusal() }
        return form
    }

    private struct Refusal: Error, CustomStringConvertible {
        var description: String { "allowed: " + DatasetForm.allCases.map(\.rawValue).joined(separator: ", ") }
    }
}

/// Episodes to be exported, and as what.
struct DatasetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write the verified episodes to this new file, and where each row came from beside it, as .provenance.jsonl.",
            valueName: "file"))
    var episodes: String?

    @Option(
        help: ArgumentHelp(
            "The columns of the episodes: sft (prompt, completion), messages, preference (prompt, chosen, rejected) or kto (prompt, "
                + "completion, label). (default: kto)", valueName: "form"), transform: DatasetForm.reader)
    var form: DatasetForm?

    func validate() throws {
        if form != nil && episodes == nil { throw ValidationError("--form needs --episodes, the file that they go to") }
    }

    /// Both files, neither of which is there yet; nil where no episodes are asked for.
    func files() throws(BadInput) -> (rows: URL, provenance: URL)? {
        guard let episodes else { return nil }
        let rows = try OutputPath.newFile(episodes, for: "--episodes")
        let name = rows.deletingPathExtension().lastPathComponent + ".provenance.jsonl"
        let provenance = rows.deletingLastPathComponent().appendingPathComponent(name)
        return (rows, try OutputPath.newFile(provenance.path, for: "--episodes, what says where its rows came from"))
    }
}
