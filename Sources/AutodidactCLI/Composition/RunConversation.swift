import Autodidact
import Foundation
import LanguageModel
import RunStore

/// The form in which a run asked its model, found again from the model's own files: tokenizer and chat template, without the weights.
struct RunConversation: TurnReader {
    private let encoder: ConversationEncoder
    /// Whether the model's directory has a chat template.
    let hasTemplate: Bool
    /// The form by its name, where it is a conversation that the model's own chat template does not write; nil elsewhere.
    let departure: String?

    /// - Throws: `BadInput` where the model is not found, `ModelDirectoryError`, `ConversationError`.
    init(of manifest: RunManifest, on shelf: ModelShelf) throws {
        let asked = try JSONDecoder().decode(Asked.self, from: Data(manifest.settings.utf8))
        let folder = try shelf.place(manifest.model).folder
        let file = folder.appendingPathComponent("tokenizer.json")
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw BadInput(
                "run \(manifest.runID) asked its model in the form that the model's files state, and there is no '\(file.path)'; "
                    + "put the model back, or name the folder that it lies in with --models")
        }
        let template = try ChatTemplate.load(from: folder)
        hasTemplate = template != nil
        let tokenizer: BPETokenizer
        do { tokenizer = try BPETokenizer(tokenizerJSON: file) } catch { throw ModelDirectoryError.tokenizer(error) }
        let format = try ConversationFormat(named: asked.conversation ?? ConversationFormat.automatic, template: template)
        encoder = try ConversationEncoder(format, tokenizer: tokenizer)
        let own = template.flatMap { ConversationFormat(recognising: $0.text) }
        // What is closed before it begins is a matter of the template's arguments.
        let asTemplate = format == .qwen3WithoutThinking ? .qwen3 : format
        departure = format == .plain || template == nil || own == asTemplate ? nil : format.name
    }

    /// The part of the settings that is read here; runs of earlier versions have it not.
    private struct Asked: Decodable {
        let conversation: String?
    }

    var isConversational: Bool { encoder.format != .plain }

    var templateArguments: [String: Bool] { encoder.format == .qwen3WithoutThinking ? ["enable_thinking": false] : [:] }

    func said(_ tokens: [TokenID]) -> String { encoder.tokenizer.decode(tokens) }

    func spelled(_ tokens: [TokenID]) -> String { encoder.tokenizer.decode(tokens, skipSpecial: false) }

    func observed(_ tokens: [TokenID]) throws -> String { try encoder.observation(in: tokens) }
}
