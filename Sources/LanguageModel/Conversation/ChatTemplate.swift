public import Foundation

/// The chat template that a model brings along: text in the language Jinja, which is recognised and never run.
public struct ChatTemplate: Hashable, Sendable {
    /// The template.
    public let text: String
    /// The file it stands in, for messages.
    public let file: String

    static let ownFile = "chat_template.jinja"
    static let configurationFile = "tokenizer_config.json"

    /// What the template calls `bos_token`; nil where the model's files do not say.
    public let beginningOfText: String?

    /// A template and where it was found.
    public init(text: String, file: String, beginningOfText: String? = nil) {
        self.text = text
        self.file = file
        self.beginningOfText = beginningOfText
    }

    /// The template of a model's directory: `chat_template.jinja`, or `chat_template` in `tokenizer_config.json`, of several the one
    /// called `default`; nil where there is none.
    /// - Throws: `ConversationError.unreadable`, `.noDefaultTemplate`.
    public static func load(from directory: URL) throws(ConversationError) -> ChatTemplate? {
        let url = directory.appendingPathComponent(configurationFile)
        var document = JSONValue.null
        if let data = try contents(of: url) {
            do { document = try JSONParser.parse([UInt8](data)) } catch { throw .unreadable(file: url.path, reason: error.description) }
        }
        let mark = document["bos_token"].flatMap { $0.string ?? $0["content"]?.string }
        let own = directory.appendingPathComponent(ownFile)
        if let data = try contents(of: own) {
            guard let text = String(validating: data, as: UTF8.self) else { throw .unreadable(file: own.path, reason: "it is not UTF-8") }
            return ChatTemplate(text: text, file: own.path, beginningOfText: mark)
        }
        return try text(in: document, file: url.path).map { ChatTemplate(text: $0, file: url.path, beginningOfText: mark) }
    }

    private static func text(in document: JSONValue, file: String) throws(ConversationError) -> String? {
        switch document["chat_template"] ?? .null {
        case .null: return nil
        case .string(let text): return text
        case .array(let entries):
            let named = entries.compactMap { entry in
                entry["name"]?.string.flatMap { name in entry["template"]?.string.map { (name: name, text: $0) } }
            }
            guard let chosen = named.first(where: { $0.name == "default" }) else {
                throw .noDefaultTemplate(file: file, names: named.map(\.name))
            }
            return chosen.text
        case let value:
            throw .unreadable(file: file, reason: "chat_template is \(value.kind), not a string or a list of templates")
        }
    }

    /// Writes the template as `chat_template.jinja`, where transformers looks first.
    /// - Throws: `ConversationError.unwritable`.
    public func save(to directory: URL) throws(ConversationError) {
        let url = directory.appendingPathComponent(Self.ownFile)
        do {
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw .unwritable(file: url.path, reason: error.localizedDescription)
        }
    }

    private static func contents(of url: URL) throws(ConversationError) -> Data? {
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        do { return try ModelFile.text(at: url) } catch { throw .unreadable(file: url.path, reason: error.reason) }
    }
}
