public import Foundation

extension BPETokenizer {
    /// Reads a `tokenizer.json`.
    /// - Throws: `TokenizerError`; parts that this engine does not have are refused by name.
    public init(tokenizerJSON url: URL) throws(TokenizerError) {
        let data: Data
        do { data = try ModelFile.text(at: url) } catch { throw .unreadable(file: url.path, reason: error.reason) }
        try self.init(json: data, name: url.path)
    }

    /// Reads the contents of a `tokenizer.json`; `name` stands for it in errors.
    /// - Throws: `TokenizerError`; parts that this engine does not have are refused by name.
    public init(json data: Data, name: String = "tokenizer.json") throws(TokenizerError) {
        let document: JSONValue
        do { document = try JSONParser.parse([UInt8](data)) } catch { throw .unreadable(file: name, reason: error.description) }
        guard document.members != nil else { throw .unreadable(file: name, reason: "it must hold one JSON object") }
        let model = document["model"] ?? .null
        let type = model["type"]?.string ?? model.kind
        guard type == "BPE" else { throw .unsupported(file: name, field: "model.type", found: type, supported: "BPE") }
        let added = try Self.addedTokens(document["added_tokens"] ?? .array([]), file: name)
        let (ids, spellings) = try Self.vocabulary(model["vocab"], added: added, file: name)
        let parts = try TokenizerParts(document, ids: ids, file: name)
        let merges = try Self.merges(model["merges"], ids: ids, file: name)
        try Self.requireEveryTextEncodable(parts, ids: ids, file: name)
        self.init(spellings: spellings, ids: ids, merges: merges, addedTokens: added, parts: parts)
    }

    /// Refuses a vocabulary that has no token for some text.
    private static func requireEveryTextEncodable(
        _ parts: TokenizerParts, ids: [Spelling: Int32], file: String
    ) throws(TokenizerError) {
        if !parts.preTokenizer.isByteLevel, let unknown = parts.unknownToken, ids[Spelling(unknown)] == nil {
            throw .malformed(file: file, field: "model.unk_token", reason: "“\(unknown)” is not in the vocabulary")
        }
        guard parts.preTokenizer.isByteLevel || parts.byteFallback else {
            guard parts.unknownToken == nil else { return }
            throw .unsupported(
                file: file, field: "model.byte_fallback", found: "false, without unk_token",
                supported: "ByteLevel, or byte_fallback, or an unk_token")
        }
        // Bytes that never occur in UTF-8 may lack a token; then still every text can be encoded.
        for byte in (0...255).map(UInt8.init) where ![0xC0, 0xC1].contains(byte) && byte < 0xF5 {
            let spelling = parts.preTokenizer.isByteLevel ? ByteAlphabet.spelling(of: [byte]) : TokenDecoder.spelling(ofByte: byte)
            guard ids[Spelling(spelling)] != nil else {
                throw .malformed(file: file, field: "model.vocab", reason: "there is no token “\(spelling)” for byte \(byte)")
            }
        }
    }

    private static func addedTokens(_ list: JSONValue, file: String) throws(TokenizerError) -> [AddedToken] {
        guard let entries = list.array else { throw .malformed(file: file, field: "added_tokens", reason: "it must be a list") }
        var tokens: [AddedToken] = []
        for (index, entry) in entries.enumerated() {
            let field = "added_tokens[\(index)]"
            guard let id = entry["id"]?.integer, let content = entry["content"]?.string, !content.isEmpty else {
                throw .malformed(file: file, field: field, reason: "it needs an id and a content")
            }
            guard let id = Int32(exactly: id) else { throw .malformed(file: file, field: field, reason: "its id \(id) is too large") }
            let isSpecial = entry["special"]?.bool ?? false
            tokens.append(
                AddedToken(
                    id: id, content: content, isSpecial: isSpecial, isSingleWord: entry["single_word"]?.bool ?? false,
                    takesSpaceBefore: entry["lstrip"]?.bool ?? false, takesSpaceAfter: entry["rstrip"]?.bool ?? false,
                    isNormalized: entry["normalized"]?.bool ?? !isSpecial))
        }
        return tokens
    }

    /// All tokens, checked to have the ids 0, 1, 2, … without gap or repetition.
    private static func vocabulary(
        _ vocabulary: JSONValue?, added: [AddedToken], file: String
    ) throws(TokenizerError) -> (ids: [Spelling: Int32], spellings: [String]) {
        guard let members = vocabulary?.members else {
            throw .malformed(file: file, field: "model.vocab", reason: "it must be an object of tokens and ids")
        }
        var ids = [Spelling: Int32](minimumCapacity: members.count + added.count)
        for member in members {
            guard let id = member.value.integer.flatMap(Int32.init(exactly:)) else {
                throw .malformed(file: file, field: "model.vocab.\(member.key)", reason: "its id is \(member.value.kind)")
            }
            ids[Spelling(member.key)] = id
        }
        for token in added {
            if let other = ids.updateValue(token.id, forKey: Spelling(token.content)), other != token.id {
                throw .malformed(
                    file: file, field: "added_tokens", reason: "“\(token.content)” has the ids \(other) and \(token.id)")
            }
        }
        var spellings = [String?](repeating: nil, count: ids.count)
        for spelling in members.lazy.map(\.key) + added.lazy.map(\.content) {
            guard let id = ids[Spelling(spelling)], spellings.indices.contains(Int(id)),
                spellings[Int(id)].map({ Spelling($0) == Spelling(spelling) }) ?? true
            else {
                throw .malformed(
                    file: file, field: "model.vocab",
                    reason: "\(ids.count) tokens need the ids 0 to \(ids.count - 1), but that of “\(spelling)” is outside or stands twice"
                )
            }
            spellings[Int(id)] = spelling
        }
        return (ids, spellings.compactMap(\.self))
    }

    private static func merges(
        _ list: JSONValue?, ids: [Spelling: Int32], file: String
    ) throws(TokenizerError) -> [(left: Int32, right: Int32, joined: Int32)] {
        guard let entries = list?.array else { throw .malformed(file: file, field: "model.merges", reason: "it must be a list") }
        var merges: [(left: Int32, right: Int32, joined: Int32)] = []
        merges.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            let field = "model.merges[\(index)]"
            let parts =
                entry.array?.compactMap(\.string) ?? entry.string?.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard let parts, parts.count == 2 else {
                throw .malformed(file: file, field: field, reason: "it must be “a b” or [\"a\", \"b\"]")
            }
            guard let left = ids[Spelling(parts[0])], let right = ids[Spelling(parts[1])],
                let joined = ids[Spelling(parts[0] + parts[1])]
            else {
                throw .malformed(
                    file: file, field: field, reason: "“\(parts[0])”, “\(parts[1])” or the two joined is not in the vocabulary")
            }
            merges.append((left, right, joined))
        }
        return merges
    }
}
