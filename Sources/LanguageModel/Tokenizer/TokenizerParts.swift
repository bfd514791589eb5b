/// The parts of a `tokenizer.json` besides its vocabulary and merges.
struct TokenizerParts: Sendable {
    var normalizer = Normalizer(steps: [])
    var preTokenizer: PreTokenizer
    var framing = TextFraming.none
    var decoder = TokenDecoder.bytes
    /// Whether characters without a token become the tokens of their bytes, "<0xE2>" and so on.
    var byteFallback = false
    /// The token of characters without one.
    var unknownToken: String?
    /// Whether a run of such characters is one token.
    var fusesUnknown = false
    /// Whether a word that is a token is that token, whatever the merges say (Llama 3).
    var ignoresMerges = false
    /// The four parts as they stood in the file, by which they are written again.
    var documents: [String: JSONValue] = [:]

    /// The parts of a tokenizer that was trained here.
    init(preTokenizer: PreTokenizer) {
        self.preTokenizer = preTokenizer
        documents = ["pre_tokenizer": preTokenizer.json, "decoder": PreTokenizer.byteLevel(useRegex: true)]
    }

    /// Reads the parts; `ids` are those of all tokens.
    /// - Throws: `TokenizerError`; parts that this engine does not have are refused by name.
    init(_ document: JSONValue, ids: [Spelling: Int32], file: String) throws(TokenizerError) {
        let model = document["model"] ?? .null
        func flag(_ name: String) throws(TokenizerError) -> Bool {
            switch model[name] ?? .null {
            case .null: return false
            case .bool(let value): return value
            case let value: throw .malformed(file: file, field: "model.\(name)", reason: "it must be true or false, but is \(value.kind)")
            }
        }
        for option in ["dropout", "continuing_subword_prefix", "end_of_word_suffix"] {
            switch model[option] ?? .null {
            case .null, .bool(false), .string(""), .integer(0), .number(0): continue
            case let value:
                throw .unsupported(
                    file: file, field: "model.\(option)", found: value.string ?? value.kind, supported: "null, false or empty")
            }
        }
        byteFallback = try flag("byte_fallback")
        fusesUnknown = try flag("fuse_unk")
        ignoresMerges = try flag("ignore_merges")
        unknownToken = model["unk_token"]?.string

        let decoder = document["decoder"] ?? .null
        self.decoder = try TokenDecoder(json: decoder, file: file)
        normalizer = try Normalizer(json: document["normalizer"] ?? .null, file: file)
        preTokenizer = try PreTokenizer(
            json: document["pre_tokenizer"] ?? .null, isByteLevel: self.decoder == .bytes, file: file)
        framing = try TextFraming(json: document["post_processor"] ?? .null, ids: ids, file: file)
        for name in ["normalizer", "pre_tokenizer", "post_processor", "decoder"] { documents[name] = document[name] }
    }
}
