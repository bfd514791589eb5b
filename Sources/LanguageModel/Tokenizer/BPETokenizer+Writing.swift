public import Foundation

extension BPETokenizer {
    /// The contents of a `tokenizer.json` that gives this tokenizer back, here and in the `tokenizers` library.
    public func tokenizerJSON() -> Data {
        let added = addedTokens.map { token in
            JSONValue.object([
                .init("id", .integer(Int(token.id))), .init("content", .string(token.content)),
                .init("single_word", .bool(token.isSingleWord)), .init("lstrip", .bool(token.takesSpaceBefore)),
                .init("rstrip", .bool(token.takesSpaceAfter)), .init("normalized", .bool(token.isNormalized)),
                .init("special", .bool(token.isSpecial)),
            ])
        }
        let pairs = merges.map { JSONValue.array([.string(spellings[Int($0.left)]), .string(spellings[Int($0.right)])]) }
        let model = JSONValue.object([
            .init("type", .string("BPE")), .init("dropout", .null),
            .init("unk_token", parts.unknownToken.map(JSONValue.string) ?? .null), .init("continuing_subword_prefix", .null),
            .init("end_of_word_suffix", .null), .init("fuse_unk", .bool(parts.fusesUnknown)),
            .init("byte_fallback", .bool(parts.byteFallback)), .init("ignore_merges", .bool(parts.ignoresMerges)),
            .init("vocab", .object(spellings.enumerated().map { .init($1, .integer($0)) })), .init("merges", .array(pairs)),
        ])
        let document = JSONValue.object([
            .init("version", .string("1.0")), .init("truncation", .null), .init("padding", .null), .init("added_tokens", .array(added)),
            .init("normalizer", parts.documents["normalizer"] ?? .null),
            .init("pre_tokenizer", parts.documents["pre_tokenizer"] ?? .null),
            .init("post_processor", parts.documents["post_processor"] ?? .null),
            .init("decoder", parts.documents["decoder"] ?? .null), .init("model", model),
        ])
        return Data(document.text(pretty: true) + [UInt8(ascii: "\n")])
    }

    /// Writes `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json`, which transformers loads, each atomically.
    ///
    /// Both tokens must be special tokens of this tokenizer.
    ///
    /// - Parameter beginningOfText: What templates call `bos_token`; without it what stands before a text, if anything does.
    /// - Throws: `TokenizerError.unwritable`.
    public func save(to directory: URL, endOfText: String?, padding: String?, beginningOfText: String? = nil, modelMaxLength: Int = 32_768)
        throws(TokenizerError)
    {
        for token in [endOfText, padding].compactMap(\.self) {
            precondition(specialTokens.contains { $0.content == token }, "“\(token)” is not a special token of this tokenizer")
        }
        let described = specialTokens.map { token in
            JSONValue.Member(
                String(token.id),
                .object([
                    .init("content", .string(token.content)), .init("lstrip", .bool(token.takesSpaceBefore)),
                    .init("normalized", .bool(token.isNormalized)), .init("rstrip", .bool(token.takesSpaceAfter)),
                    .init("single_word", .bool(token.isSingleWord)), .init("special", .bool(true)),
                ]))
        }
        var marks = [("eos_token", endOfText), ("pad_token", padding)].compactMap { name, token in
            token.map { JSONValue.Member(name, .string($0)) }
        }
        if let beginning = beginningOfText ?? framing.before.first.flatMap({ spelling(of: $0) }) {
            marks.append(.init("bos_token", .string(beginning)))
        }
        if let unknown = parts.unknownToken { marks.append(.init("unk_token", .string(unknown))) }
        let configuration = JSONValue.object(
            [
                .init("added_tokens_decoder", .object(described)), .init("clean_up_tokenization_spaces", .bool(false)),
                .init("model_max_length", .integer(modelMaxLength)), .init("tokenizer_class", .string("PreTrainedTokenizerFast")),
            ] + marks)
        let files: [(String, Data)] = [
            ("tokenizer.json", tokenizerJSON()),
            ("tokenizer_config.json", Data(configuration.text(pretty: true) + [UInt8(ascii: "\n")])),
            ("special_tokens_map.json", Data(JSONValue.object(marks).text(pretty: true) + [UInt8(ascii: "\n")])),
        ]
        for (name, contents) in files {
            let url = directory.appendingPathComponent(name)
            do {
                try contents.write(to: url, options: .atomic)
            } catch {
                throw .unwritable(file: url.path, reason: error.localizedDescription)
            }
        }
    }
}
