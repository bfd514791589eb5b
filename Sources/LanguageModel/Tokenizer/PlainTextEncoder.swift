/// From normalised plain text to tokens: words, symbols, merges.
struct PlainTextEncoder: Sendable {
    private let preTokenizer: PreTokenizer
    private let symbols: SymbolTable
    private let table: MergeTable
    private let cache = WordCache()
    /// The tokens by what they spell, for tokenizers that take whole words first.
    private let wholeWords: [[UInt8]: Int32]
    /// Where texts over characters can be cut; nil where they cannot.
    private let seams: CharacterSeams?

    init(
        ids: [Spelling: Int32], spellings: [String], merges: [(left: Int32, right: Int32, joined: Int32)], specialIDs: Set<Int32>,
        parts: TokenizerParts
    ) {
        preTokenizer = parts.preTokenizer
        symbols = SymbolTable(ids: ids, spellings: spellings, parts: parts)
        var table = MergeTable(count: merges.count)
        for (rank, merge) in merges.enumerated() where !specialIDs.contains(merge.joined) {
            // Without a merge to it, plain text never becomes a special token.
            table.insert(merge.left, merge.right, rank: rank, joined: merge.joined)
        }
        self.table = table
        var wholeWords: [[UInt8]: Int32] = [:]
        if parts.ignoresMerges {
            for (id, spelling) in spellings.enumerated() where !specialIDs.contains(Int32(id)) {
                let bytes = preTokenizer.isByteLevel ? ByteAlphabet.bytes(of: spelling) : Array(spelling.utf8)
                if let bytes { wholeWords[bytes] = Int32(id) }
            }
        }
        self.wholeWords = wholeWords
        seams = CharacterSeams(spellings: spellings, merges: merges, parts: parts)
    }

    /// Appends the tokens of a stretch of text in valid UTF-8; `isStart` says whether it begins the whole text.
    func append(normalized: [UInt8], isStart: Bool, to tokens: inout [Int32]) {
        guard !normalized.isEmpty else { return }
        let text = preTokenizer.marking?.apply(normalized, isStart: isStart) ?? normalized
        tokens.reserveCapacity(tokens.count + text.count / 3)
        guard preTokenizer.isByteLevel else {
            forEachCharacterWord(in: text) { append(text, $0, to: &tokens) }
            return
        }
        preTokenizer.forEachWord(in: text) { append(text, $0, to: &tokens) }
    }

    @inline(__always)
    private func append(_ text: [UInt8], _ word: Range<Int>, to tokens: inout [Int32]) {
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

    private func merged(_ text: [UInt8], _ word: Range<Int>) -> [Int32] {
        if !wholeWords.isEmpty, let token = wholeWords[Array(text[word])] { return [token] }
        var symbols = symbols.symbols(text, word)
        WordMerger.merge(&symbols, by: table)
        return symbols
    }

    private func forEachCharacterWord(in text: [UInt8], _ body: (Range<Int>) -> Void) {
        guard let marking = preTokenizer.marking, marking.splits else {
            if let seams { seams.forEachWord(in: text, body) } else { body(0..<text.count) }
            return
        }
        let mark = Array(marking.mark.utf8)
        var start = 0
        for index in text.indices where index > start && text[index] == mark[0] && text[index...].starts(with: mark) {
            body(start..<index)
            start = index
        }
        if start < text.count { body(start..<text.count) }
    }
}
