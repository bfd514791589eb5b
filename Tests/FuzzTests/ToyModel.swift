import Foundation
import Randomness
import Tensors

@testable import LanguageModel

/// The smallest models that have everything.
enum ToyModel {
    static func make(tiesHead: Bool = true) throws -> ModelDirectory {
        let tokenizer = try BPETrainer(vocabularySize: 258, specialTokens: ["<|endoftext|>"]).train(on: ["aaaa bb"])
        let configuration = try ModelConfiguration(
            vocabularySize: 260, hiddenSize: 4, intermediateSize: 4, layers: 1, attentionHeads: 2, keyValueHeads: 1, headDimension: 2,
            maxPositions: 32, tiesWordEmbeddings: tiesHead, eosTokenIDs: [0], padTokenID: 0)
        let transformer = Transformer(Architecture(configuration))
        transformer.initialize(SeedTree(root: 1))
        return ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [0], padTokenID: 0, temperature: 0.7, topK: 20),
            tokenizer: tokenizer, transformer: transformer)
    }

    /// A tokenizer over characters with bytes to fall back to, as those of Llama 2 are.
    static let sentencePieces: String = {
        let bytes = (0...255).map { TokenDecoder.spelling(ofByte: UInt8($0)) }
        let tokens = ["<unk>", "<s>"] + bytes + ["▁", "a", "b", "▁a", "ab", "▁ab"]
        let vocabulary = tokens.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
        return """
            {"version": "1.0", "added_tokens": [{"id": 0, "content": "<unk>", "special": true, "normalized": false},
            {"id": 1, "content": "<s>", "special": true, "lstrip": true, "rstrip": false, "single_word": false, "normalized": false}],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}, "pre_tokenizer": null,
            "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}}], "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
            "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
            "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true, "ignore_merges": false,
            "vocab": {\(vocabulary)}, "merges": ["▁ a", "a b", ["▁", "ab"]]}}
            """
    }()

    /// The marks of ChatML and of Llama 3.
    static let marks = ["<|endoftext|>"] + ConversationFormat.chatML.marks + ConversationFormat.llama3.marks + ["<think>", "</think>"]

    static func chatTokenizer() throws -> BPETokenizer {
        let texts = (0..<10).map { "user\nassistant\nsystem\n\nthe answer is \($0), said the user\n" }
        return try BPETrainer(vocabularySize: 280, specialTokens: marks, preTokenizer: .qwen2).train(on: texts)
    }
}
