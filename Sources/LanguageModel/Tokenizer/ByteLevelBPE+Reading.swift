public import Foundation

extension ByteLevelBPE {
    /// Reads a `tokenizer.json`.
    /// - Throws: `TokenizerError`; parts that this engine does not have are refused by name.
    public init(tokenizerJSON url: URL) throws(TokenizerError) {
        let data: Data
        do { data = try Data(contentsOf: url) } catch {
            throw .unreadable(file: url.path, reason: error.localizedDescription)
        }
        try self.init(json: data, name: url.path)
    }

    /// Reads the contents of a `tokenizer.json`; `name` stands for it in errors.
    /// - Throws: `TokenizerError`; parts that this engine does not have are refused by name.
    public init(json data: Data, name: String = "tokenizer.json") throws(TokenizerError) {
        let document: JSONValue
        do { document = try JSONParser.parse([UInt8](data)) } catch { throw .unreadable(file: name, reason: error.description) }
        guard document.members != nil else { throw .unreadable(file: name, reason: "it must hold one JSON object") }
        let preTokenizer = try PreTokenizer(json: document["pre_tokenizer"] ?? .null, file: name)
        let composes = try Self.composesCharacters(document, file: name)
        try Self.requireType(document["decoder"], field: "decoder", among: ["ByteLevel"], file: name)
        try Self.requireType(document["post_processor"] ?? .null, field: "post_processor", among: ["null", "ByteLevel"], file: name)

        let model = document["model"] ?? .null
        try Self.requireType(model, field: "model", among: ["BPE"], file: name)
        try Self.refuseModelOptions(model, file: name)
        let added = try Self.addedTokens(document["added_tokens"] ?? .array([]), file: name)
        let (ids, spellings) = try Self.vocabulary(model["vocab"], added: added, file: name)
        let merges = try Self.merges(model["merges"], ids: ids, file: name)
        // Bytes that never occur in UTF-8 may lack a token; then still every text can be encoded.
        for byte in (0...255).map(UInt8.init) where ![0xC0, 0xC1].contains(byte) && byte < 0xF5 {
            let character = ByteAlphabet.spelling(of: [byte])
            guard ids[character] != nil else {
                throw .malformed(file: name, field: "model.vocab", reason: "there is no token “\(character)” for byte \(byte)")
            }
        }
        self.init(
            spellings: spellings, ids: ids, merges: merges, addedTokens: added, preTokenizer: preTokenizer, composesCharacters: composes)
    }

    private static func requireType(
        _ part: JSONValue?, field: String, among supported: [String], file: String
    ) throws(TokenizerError) {
        let found = part?["type"]?.string ?? (part == .null ? "null" : part?.kind ?? "nothing")
        guard supported.contains(found) else {
            throw .unsupported(file: file, field: "\(field).type", found: found, supported: supported.joined(separator: ", "))
        }
    }

    private static func composesCharacters(_ document: JSONValue, file: String) throws(TokenizerError) -> Bool {
        guard let normalizer = document["normalizer"], normalizer != .null else { return false }
        try requireType(normalizer, field: "normalizer", among: ["NFC"], file: file)
        return true
    }

    private static func refuseModelOptions(_ model: JSONValue, file: String) throws(TokenizerError) {
        for option in ["dropout", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback", "ignore_merges"] {
            switch model[option] ?? .null {
            case .null, .bool(false), .string(""), .integer(0), .number(0): continue
            case let value:
                throw .unsupported(
                    file: file, field: "model.\(option)", found: value.string ?? value.kind, supported: "null, false or empty")
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
            for option in ["single_word", "lstrip", "rstrip"] where entry[option]?.bool == true {
                throw .unsupported(file: file, field: "\(field).\(option)", found: "true, for “\(content)”,", supported: "false")
            }
            guard let id = Int32(exactly: id) else { throw .malformed(file: file, field: field, reason: "its id \(id) is too large") }
            tokens.append(AddedToken(id: id, content: content, isSpecial: entry["special"]?.bool ?? false))
        }
        return tokens
    }

    /// All tokens, checked to have the ids 0, 1, 2, … without gap or repetition.
    private static func vocabulary(
        _ vocabulary: JSONValue?, added: [AddedToken], file: String
    ) throws(TokenizerError) -> (ids: [String: Int32], spellings: [String]) {
        guard let members = vocabulary?.members else {
            throw .malformed(file: file, field: "model.vocab", reason: "it must be an object of tokens and ids")
        }
        var ids = [String: Int32](minimumCapacity: members.count + added.count)
        for member in members {
            guard let id = member.value.integer.flatMap(Int32.init(exactly:)) else {
                throw .malformed(file: file, field: "model.vocab.\(member.key)", reason: "its id is \(member.value.kind)")
            }
            ids[member.key] = id
        }
        for token in added {
            if let other = ids.updateValue(token.id, forKey: token.content), other != token.id {
                throw .malformed(
                    file: file, field: "added_tokens", reason: "“\(token.content)” has the ids \(other) and \(token.id)")
            }
        }
        var spellings = [String?](repeating: nil, count: ids.count)
        for spelling in members.lazy.map(\.key) + added.lazy.map(\.content) {
            guard let id = ids[spelling], spellings.indices.contains(Int(id)), spellings[Int(id)] ?? spelling == spelling else {
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
        _ list: JSONValue?, ids: [String: Int32], file: String
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
            guard let left = ids[parts[0]], let right = ids[parts[1]], let joined = ids[parts[0] + parts[1]] else {
                throw .malformed(
                    file: file, field: field, reason: "“\(parts[0])”, “\(parts[1])” or the two joined is not in the vocabulary")
            }
            merges.append((left, right, joined))
        }
        return merges
    }
}
