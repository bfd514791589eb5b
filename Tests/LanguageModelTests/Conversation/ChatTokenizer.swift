@testable import LanguageModel

/// A small tokenizer with the marks of ChatML and of Llama 3.
enum ChatTokenizer {
    static let marks = ["<|endoftext|>"] + ConversationFormat.chatML.marks + ConversationFormat.llama3.marks + ["<think>", "</think>"]

    static func make() throws -> BPETokenizer {
        let texts = (0..<40).map { "user\nassistant\nsystem\n\nthe answer is \($0), <|im_end|> said the user\n" }
        return try BPETrainer(vocabularySize: 330, specialTokens: marks, preTokenizer: .qwen2).train(on: texts)
    }
}
