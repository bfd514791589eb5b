/// A byte-pair tokenizer: over bytes, as GPT-2, Llama 3, SmolLM and Qwen use, or over characters with bytes to fall back to, as Llama 2
/// and Mistral do.
///
/// Every text can be encoded. A tokenizer over bytes decodes it to itself (to its composed form where the tokenizer composes
/// characters); what one over characters does to spaces is up to its file. Token ids agree with the Hugging Face `tokenizers` library.
/// A value may be used from many threads at once; a cache of words makes it fast and never changes a result.
public struct BPETokenizer: Sendable {
    /// The added tokens, special ones among them, by id.
    public let addedTokens: [AddedToken]
    let parts: TokenizerParts
    /// As spelled in `tokenizer.json`.
    let spellings: [String]
    /// The pairs that join, in order of rank.
    let merges: [(left: Int32, right: Int32)]
    let text: TokenText
    private let ids: [Spelling: Int32]
    private let specialIDs: Set<Int32>
    private let encoder: PlainTextEncoder
    private let rawMatcher: AddedTokenMatcher
    private let normalizedMatcher: AddedTokenMatcher?
    private let allMatcher: AddedTokenMatcher

    /// A tokenizer from checked parts; `merges` holds the joined token of each pair.
    init(
        spellings: [String], ids: [Spelling: Int32], merges: [(left: Int32, right: Int32, joined: Int32)], addedTokens: [AddedToken],
        parts: TokenizerParts
    ) {
        self.addedTokens = addedTokens.sorted { $0.id < $1.id }
        self.parts = parts
        self.spellings = spellings
        self.ids = ids
        self.merges = merges.map { ($0.left, $0.right) }
        specialIDs = Set(addedTokens.filter(\.isSpecial).map(\.id))
        text = TokenText(spellings.map { Self.bytes(of: $0, parts.decoder) })
        encoder = PlainTextEncoder(ids: ids, spellings: spellings, merges: merges, specialIDs: specialIDs, parts: parts)
        let normalizer = parts.normalizer
        rawMatcher = AddedTokenMatcher(addedTokens.filter { !$0.isNormalized })
        let normalized = addedTokens.filter(\.isNormalized)
        normalizedMatcher = normalized.isEmpty ? nil : AddedTokenMatcher(normalized) { normalizer.apply($0.content) }
        allMatcher = AddedTokenMatcher(addedTokens)
    }

    /// How text is cut into words.
    public var preTokenizer: PreTokenizer { parts.preTokenizer }

    /// What the tokenizer's files put around a text; `encode` does not add it.
    public var framing: TextFraming { parts.framing }

    /// One more than the largest id; every id below it has a token.
    public var vocabularySize: Int { spellings.count }

    /// The tokens that mark something for the model, by id.
    public var specialTokens: [AddedToken] { addedTokens.filter(\.isSpecial) }

    /// Whether a token is a mark rather than text.
    public func isSpecial(_ id: Int32) -> Bool { specialIDs.contains(id) }

    /// The id of a token as spelled in `tokenizer.json`: "<|im_end|>", or "Ġthe" for " the"; `nil` where there is none.
    public func id(ofToken token: String) -> Int32? { ids[Spelling(token)] }

    /// A token as spelled in `tokenizer.json`; nil for an id outside the vocabulary.
    public func spelling(of id: Int32) -> String? { spellings.indices.contains(Int(id)) ? spellings[Int(id)] : nil }

    /// The bytes that a token stands for, part of a character perhaps; empty for an id outside the vocabulary.
    public func bytes(of id: Int32) -> ArraySlice<UInt8> { text[id] }

    /// The tokens of a text.
    ///
    /// By default a text such as "<|im_end|>" is encoded as the characters it consists of, so that nothing written by a user or a
    /// model can pass for a mark. With `allowSpecial`, every added token is recognised in the text, the leftmost and longest
    /// first, as the `tokenizers` library does: for templates that the program itself writes.
    public func encode(_ text: String, allowSpecial: Bool = false) -> [Int32] {
        var tokens: [Int32] = []
        guard allowSpecial, !addedTokens.isEmpty else {
            encoder.append(normalized: parts.normalizer.apply(text), isStart: true, to: &tokens)
            return tokens
        }
        let whole = Array(text.utf8)
        for piece in rawMatcher.pieces(of: whole) {
            switch piece {
            case .token(let id): tokens.append(id)
            case .plain(let range):
                let plain = parts.normalizer.apply(String(decoding: whole[range], as: UTF8.self))
                for inner in normalizedMatcher?.pieces(of: plain) ?? [.plain(0..<plain.count)] {
                    switch inner {
                    case .token(let id): tokens.append(id)
                    case .plain(let stretch):
                        encoder.append(
                            normalized: Array(plain[stretch]), isStart: range.lowerBound + stretch.lowerBound == 0, to: &tokens)
                    }
                }
            }
        }
        return tokens
    }

    /// The tokens of a text that a program and its users wrote together.
    ///
    /// Added tokens are recognised in the stretches that the program wrote, and only there: what a user wrote is plain text, even where it
    /// spells a mark. Plain stretches that touch are encoded together, as if one hand had written them.
    ///
    /// - Parameter isContinuation: Whether other tokens stand before these.
    public func encode(_ stretches: [TextPart], isContinuation: Bool = false) -> [Int32] {
        var tokens: [Int32] = []
        var plain = ""
        func flush() {
            guard !plain.isEmpty else { return }
            encoder.append(normalized: parts.normalizer.apply(plain), isStart: tokens.isEmpty && !isContinuation, to: &tokens)
            plain = ""
        }
        for stretch in stretches {
            switch stretch {
            case .content(let text): plain += text
            case .template(let text):
                let whole = Array(text.utf8)
                for piece in allMatcher.pieces(of: whole) {
                    switch piece {
                    case .plain(let range): plain += String(decoding: whole[range], as: UTF8.self)
                    case .token(let id):
                        flush()
                        tokens.append(id)
                    }
                }
            }
        }
        flush()
        return tokens
    }

    /// The text of tokens.
    ///
    /// Bytes that are not valid UTF-8 become U+FFFD; ids outside the vocabulary add nothing.
    /// - Parameter skipSpecial: whether special tokens are left out.
    public func decode(_ ids: some Sequence<Int32>, skipSpecial: Bool = true) -> String {
        let kept = ids.lazy.filter { !(skipSpecial && isSpecial($0)) }
        switch parts.decoder {
        case .bytes:
            var bytes: [UInt8] = []
            for id in kept { bytes += text[id] }
            return String(decoding: bytes, as: UTF8.self)
        case .steps(let steps):
            let known = kept.filter { spellings.indices.contains(Int($0)) }
            return TokenDecoder.text(of: known.map { Array(spellings[Int($0)].utf8) }, steps)
        }
    }

    /// The bytes that a spelling stands for, away from its neighbours.
    private static func bytes(of spelling: String, _ decoder: TokenDecoder) -> [UInt8] {
        let bytes = Array(spelling.utf8)
        guard case .steps(let steps) = decoder else { return ByteAlphabet.bytes(of: spelling) ?? bytes }
        if let byte = TokenDecoder.byte(bytes) { return [byte] }
        // Neither the start of a text nor its end is known here.
        let inside = steps.compactMap { step -> TokenDecoder.Step? in
            switch step {
            case .strip: nil
            case .spaceMarks(let mark, _): .spaceMarks(mark, dropsFirst: false)
            default: step
            }
        }
        return Array(TokenDecoder.text(of: [bytes], inside).utf8)
    }
}
