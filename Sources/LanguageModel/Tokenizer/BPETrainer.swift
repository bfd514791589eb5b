/// Learns the merges of a byte-level tokenizer from texts.
///
/// The same texts, in any order, give the same tokenizer.
///
/// Repeatedly joins the pair of neighbouring tokens that occurs most often inside words; of equals the pair with the lowest ids
/// (Sennrich et al., arXiv:1508.07909, algorithm 1, over bytes).
public struct BPETrainer: Sendable {
    /// The wanted number of tokens.
    public let vocabularySize: Int
    /// These get the ids from 0 on; the 256 bytes follow.
    public let specialTokens: [String]
    /// How texts are cut into words.
    public let preTokenizer: PreTokenizer

    /// A trainer for `vocabularySize` tokens, the special ones and 256 bytes among them.
    /// - Throws: `TokenizerError.vocabularyTooSmall`, `.invalidSpecialToken`.
    public init(
        vocabularySize: Int, specialTokens: [String], preTokenizer: PreTokenizer = .individualDigits
    ) throws(TokenizerError) {
        let least = specialTokens.count + 256
        guard vocabularySize >= least else { throw .vocabularyTooSmall(requested: vocabularySize, least: least) }
        var seen = Set<String>()
        for token in specialTokens {
            guard !token.isEmpty else { throw .invalidSpecialToken(token, reason: "it is empty") }
            guard token.unicodeScalars.count > 1 else { throw .invalidSpecialToken(token, reason: "one character can stand for a byte") }
            guard seen.insert(token).inserted else { throw .invalidSpecialToken(token, reason: "it stands twice") }
        }
        self.vocabularySize = vocabularySize
        self.specialTokens = specialTokens
        self.preTokenizer = preTokenizer
    }

    /// The tokenizer for `texts`; smaller than asked where the texts have too few different pairs.
    public func train(on texts: some Sequence<String>) -> BPETokenizer {
        var spellings = specialTokens + ByteAlphabet.sortedBytes.map { ByteAlphabet.spelling(of: [$0]) }
        var ids = Dictionary(spellings.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
        var counts = PairCounts(words: words(in: texts), tokenOfByte: ByteAlphabet.characters.map { ids[String($0)] ?? 0 })
        var merges: [(left: Int32, right: Int32, joined: Int32)] = []
        while spellings.count < vocabularySize, let pair = counts.mostFrequent() {
            let (left, right) = MergeTable.unpack(pair)
            let spelling = spellings[Int(left)] + spellings[Int(right)]
            let joined = ids[spelling] ?? Int32(spellings.count)  // two pairs can spell the same token
            if joined < specialTokens.count { continue }  // plain text must never become a special token
            if Int(joined) == spellings.count {
                spellings.append(spelling)
                ids[spelling] = joined
            }
            merges.append((left, right, joined))
            counts.join(pair, to: joined)
        }
        let added = specialTokens.enumerated().map { AddedToken(id: Int32($0), content: $1, isSpecial: true) }
        return BPETokenizer(
            spellings: spellings, ids: Dictionary(uniqueKeysWithValues: ids.map { (Spelling($0), $1) }), merges: merges, addedTokens: added,
            parts: TokenizerParts(preTokenizer: preTokenizer))
    }

    private func words(in texts: some Sequence<String>) -> [[UInt8]: Int] {
        var counts: [[UInt8]: Int] = [:]
        for text in texts {
            let bytes = Array(text.utf8)
            preTokenizer.forEachWord(in: bytes) { counts[Array(bytes[$0]), default: 0] += 1 }
        }
        return counts
    }
}
