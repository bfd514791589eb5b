import Foundation

/// A byte-level byte-pair tokenizer, as GPT-2, SmolLM and Qwen use.
///
/// Every text can be encoded, and decodes to itself (to its composed form where the tokenizer composes characters). Token ids agree
/// with the Hugging Face `tokenizers` library. A value may be used from many threads at once; a cache of words makes it fast and
/// never changes a result.
public struct ByteLevelBPE: Sendable {
    /// How text is cut into words.
    public let preTokenizer: PreTokenizer
    /// The added tokens, special ones among them, by id.
    public let addedTokens: [AddedToken]
    let composesCharacters: Bool
    /// As spelled in `tokenizer.json`.
    let spellings: [String]
    /// The pairs that join, in order of rank.
    let merges: [(left: Int32, right: Int32)]
    private let ids: [String: Int32]
    private let table: MergeTable
    private let tokenOfByte: [Int32]
    private let text: TokenText
    private let specialIDs: Set<Int32>
    private let matcher: AddedTokenMatcher
    private let cache = WordCache()

    /// A tokenizer from checked parts; `merges` holds the joined token of each pair.
    init(
        spellings: [String], ids: [String: Int32], merges: [(left: Int32, right: Int32, joined: Int32)], addedTokens: [AddedToken],
        preTokenizer: PreTokenizer, composesCharacters: Bool
    ) {
        self.preTokenizer = preTokenizer
        self.addedTokens = addedTokens.sorted { $0.id < $1.id }
        self.composesCharacters = composesCharacters
        self.spellings = spellings
        self.ids = ids
        self.merges = merges.map { ($0.left, $0.right) }
        var table = MergeTable(count: merges.count)
        for (rank, merge) in merges.enumerated() { table.insert(merge.left, merge.right, rank: rank, joined: merge.joined) }
        self.table = table
        tokenOfByte = ByteAlphabet.characters.map { ids[String($0)] ?? -1 }
        let literal = Dictionary(addedTokens.map { ($0.id, $0.content) }) { first, _ in first }
        text = TokenText(
            spellings.enumerated().map { id, spelling in
                literal[Int32(id)].map { Array($0.utf8) } ?? ByteAlphabet.bytes(of: spelling) ?? Array(spelling.utf8)
            })
        specialIDs = Set(addedTokens.filter(\.isSpecial).map(\.id))
        matcher = AddedTokenMatcher(addedTokens)
    }

    /// One more than the largest id; every id below it has a token.
    public var vocabularySize: Int { spellings.count }

    /// The tokens that mark something for the model, by id.
    public var specialTokens: [AddedToken] { addedTokens.filter(\.isSpecial) }

    /// Whether a token is a mark rather than text.
    public func isSpecial(_ id: Int32) -> Bool { specialIDs.contains(id) }

    /// The id of a token as spelled in `tokenizer.json`: "<|im_end|>", or "Ġthe" for " the"; `nil` where there is none.
    public func id(ofToken token: String) -> Int32? { ids[token] }

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
            append(text, to: &tokens)
            return tokens
        }
        // Collected first: two closures cannot both append to `tokens`.
        var parts: [(plain: String, token: Int32?)] = []
        matcher.scan(
            Array(text.utf8), plain: { parts.append((String(decoding: $0, as: UTF8.self), nil)) }, token: { parts.append(("", $0)) })
        for part in parts {
            if let token = part.token { tokens.append(token) } else { append(part.plain, to: &tokens) }
        }
        return tokens
    }

    /// The text of tokens.
    ///
    /// Bytes that are not valid UTF-8 become U+FFFD; ids outside the vocabulary add nothing.
    /// - Parameter skipSpecial: whether special tokens are left out.
    public func decode(_ ids: some Sequence<Int32>, skipSpecial: Bool = true) -> String {
        var bytes: [UInt8] = []
        for id in ids where !(skipSpecial && isSpecial(id)) { bytes += text[id] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ plain: String, to tokens: inout [Int32]) {
        let text = Array((composesCharacters ? plain.precomposedStringWithCanonicalMapping : plain).utf8)
        tokens.reserveCapacity(tokens.count + text.count / 3)
        preTokenizer.forEachWord(in: text) { word in
            guard let key = WordCache.key(text, word) else {
                tokens += merged(text, word)
                return
            }
            if let known = cache[key] {
                tokens += known
            } else {
                let merged = merged(text, word)
                cache.remember(key, merged)
                tokens += merged
            }
        }
    }

    private func merged(_ text: [UInt8], _ word: Range<Int>) -> [Int32] {
        var symbols = text[word].map { tokenOfByte[Int($0)] }
        WordMerger.merge(&symbols, by: table)
        return symbols
    }
}
