import Foundation
import Testing

@testable import LanguageModel

/// What transformers makes of conversations with one template, as `templates.py` wrote it.
struct ConversationCases: Decodable {
    struct Conversation: Decodable {
        let messages: [Message]
        let text: String
        let ids: [Int32]?
        /// With the assistant's turn opened.
        let openText: String
        let openIDs: [Int32]?
        /// And with thoughts closed before they begin.
        let quietText: String?
        let quietIDs: [Int32]?
    }

    /// The name of the format that must be recognised.
    let format: String
    /// The template, where it is not in the files of a model.
    let template: String?
    let cases: [Conversation]

    /// Holds a format against the cases, and an encoder where the cases have ids.
    func compare(_ format: ConversationFormat, encoder: ConversationEncoder?, name: String) throws {
        #expect(format.name == self.format)
        var different: [String] = []
        func note(_ isEqual: Bool, _ what: String, _ conversation: Conversation) {
            if !isEqual {
                different.append("\(what) of \(conversation.messages.map { "\($0.role.rawValue): \($0.content.debugDescription)" })")
            }
        }
        // Byte by byte: strings that differ only in composition are equal in Swift.
        func equal(_ first: String, _ second: String) -> Bool { first.utf8.elementsEqual(second.utf8) }
        for conversation in cases {
            let messages = conversation.messages
            note(equal(format.text(of: messages, opensReply: false), conversation.text), "text", conversation)
            note(equal(format.text(of: messages, opensReply: true), conversation.openText), "open text", conversation)
            if let quiet = conversation.quietText {
                note(equal(ConversationFormat.qwen3WithoutThinking.text(of: messages, opensReply: true), quiet), "quiet text", conversation)
            }
            guard let encoder, let ids = conversation.ids, let openIDs = conversation.openIDs else { continue }
            note(encoder.tokens(of: messages, opensReply: false) == ids, "ids", conversation)
            note(encoder.tokens(of: messages, opensReply: true) == openIDs, "open ids", conversation)
            if let quietIDs = conversation.quietIDs {
                let quiet = try ConversationEncoder(.qwen3WithoutThinking, tokenizer: encoder.tokenizer)
                note(quiet.tokens(of: messages, opensReply: true) == quietIDs, "quiet ids", conversation)
            }
            let parsed = try encoder.turns(in: ids)
            let range = parsed.last?.tokens.upperBound ?? -1
            note(range == ids.count && parsed.allSatisfy(\.isClosed), "turns", conversation)
        }
        let list = different.prefix(4).joined(separator: "\n")
        #expect(different.isEmpty, "\(name): \(different.count) differ, among them\n\(list)")
        #expect(!cases.isEmpty)
    }
}
