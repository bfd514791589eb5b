import Foundation
import Testing

@testable import LanguageModel

@Suite("BPETokenizer refuses what it cannot run")
struct BPETokenizerMalformedTests {
    /// A small valid tokenizer.json as a value, with one path replaced or (by nil) removed.
    private func json(_ path: [String] = [], _ value: String? = nil) throws -> Data {
        let tokenizer = try BPETrainer(vocabularySize: 260, specialTokens: ["<|end|>"]).train(on: ["abc abc abd"])
        let document = try JSONParser.parse([UInt8](tokenizer.tokenizerJSON()))
        let replacement = try value.map { text throws(JSONSyntaxError) in try JSONParser.parse(Array(text.utf8)) }
        return Data((path.isEmpty ? document : replace(document, path[...], replacement)).text(pretty: false))
    }

    private func replace(_ value: JSONValue, _ path: ArraySlice<String>, _ new: JSONValue?) -> JSONValue {
        guard let key = path.first, var members = value.members else { return new ?? .null }
        let old = value[key] ?? .null
        members.removeAll { $0.key == key }
        if path.count > 1 {
            members.append(.init(key, replace(old, path.dropFirst(), new)))
        } else if let new {
            members.append(.init(key, new))
        }
        return .object(members)
    }

    @Test("the file that the cases start from is valid")
    func valid() throws {
        #expect(try BPETokenizer(json: json()).vocabularySize == 260)
    }

    @Test(
        "a part that this engine lacks is refused by name",
        arguments: [
            (["model", "type"], #""WordPiece""#, "WordPiece"), (["model", "dropout"], "0.1", "the number 0.1"),
            (["model", "end_of_word_suffix"], #""</w>""#, "</w>"), (["normalizer"], #"{"type":"Lowercase"}"#, "Lowercase"),
            (["decoder"], "null", "null"), (["decoder"], #"{"type":"WordPiece"}"#, "WordPiece"),
            (["post_processor"], #"{"type":"BertProcessing"}"#, "BertProcessing"), (["pre_tokenizer"], "null", "null"),
            (["pre_tokenizer"], #"{"type":"Whitespace"}"#, "Whitespace"),
            (["pre_tokenizer"], #"{"type":"ByteLevel","add_prefix_space":true}"#, "ByteLevel with add_prefix_space"),
            (["pre_tokenizer"], #"{"type":"Sequence","pretokenizers":[{"type":"Punctuation"}]}"#, "Punctuation"),
            (
                ["pre_tokenizer"], #"{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true}]}"#,
                "a Sequence without ByteLevel"
            ),
            (
                ["pre_tokenizer"],
                #"{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\d"},"behavior":"Isolated","invert":false}]}"#,
                #"\d"#
            ),
            (["decoder"], #"{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"CTC"}]}"#, "CTC"),
            (["decoder"], #"{"type":"Fuse"}"#, "Sequence"),
            (["normalizer"], #"{"type":"Replace","pattern":{"Regex":"a+"},"content":"a"}"#, "a+"),
        ])
    func unsupported(path: [String], value: String, found: String) throws {
        let data = try json(path, value)
        let error = #expect(throws: TokenizerError.self) { _ = try BPETokenizer(json: data) }
        guard case .unsupported("tokenizer.json", _, found, let supported) = error else {
            return #expect(Bool(false), "\(value) gave \(error?.description ?? "nothing")")
        }
        #expect(!supported.isEmpty)
    }

    @Test(
        "a damaged part is refused with the name of its field",
        arguments: [
            (["model", "vocab"], nil, "model.vocab"), (["model", "vocab"], #"{"a":"x"}"#, "model.vocab.a"),
            (["model", "vocab"], #"{"a":1,"b":1}"#, "model.vocab"), (["model", "vocab", "a"], "4000000000", "model.vocab.a"),
            (["model", "vocab", "a"], "2000000000", "model.vocab"), (["model", "vocab", "a"], "-1", "model.vocab"),
            (["model", "merges"], nil, "model.merges"), (["model", "merges"], "[3]", "model.merges[0]"),
            (["model", "merges"], #"["a b c"]"#, "model.merges[0]"), (["model", "merges"], #"[["a","b","c"]]"#, "model.merges[0]"),
            (["model", "merges"], #"[["a","nope"]]"#, "model.merges[0]"), (["added_tokens"], "{}", "added_tokens"),
            (["added_tokens"], #"[{"id":0}]"#, "added_tokens[0]"), (["added_tokens"], #"[{"id":5,"content":"<|end|>"}]"#, "added_tokens"),
            (["added_tokens"], #"[{"id":900,"content":"new"}]"#, "model.vocab"),
            (["pre_tokenizer"], #"{"type":"ByteLevel"}"#, "pre_tokenizer.ByteLevel.add_prefix_space"),
            (["pre_tokenizer"], #"{"type":"Sequence"}"#, "pre_tokenizer.pretokenizers"), (["pre_tokenizer"], "{}", "pre_tokenizer.type"),
            (["model", "byte_fallback"], "3", "model.byte_fallback"), (["model", "ignore_merges"], #""yes""#, "model.ignore_merges"),
            (["post_processor"], #"{"type":"TemplateProcessing"}"#, "post_processor.TemplateProcessing.single"),
            (
                ["post_processor"],
                #"{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}]}"#,
                "post_processor.TemplateProcessing.single"
            ),
            (["normalizer"], #"{"type":"Prepend"}"#, "normalizer.Prepend.prepend"),
        ] as [([String], String?, String)])
    func malformed(path: [String], value: String?, field: String) throws {
        let data = try json(path, value)
        let error = #expect(throws: TokenizerError.self) { _ = try BPETokenizer(json: data) }
        guard case .malformed("tokenizer.json", field, _) = error else {
            return #expect(Bool(false), "\(value ?? "nothing") at \(path) gave \(error?.description ?? "nothing")")
        }
    }

    @Test("a vocabulary without one of the bytes of UTF-8 is refused")
    func missingByte() throws {
        let text = String(decoding: try json(), as: UTF8.self).replacingOccurrences(of: #""z":"#, with: #""zz":"#)
        let error = #expect(throws: TokenizerError.self) { _ = try BPETokenizer(json: Data(text.utf8)) }
        #expect(error?.description.contains("there is no token “z” for byte 122") == true)
    }

    @Test("what is no JSON object is refused", arguments: ["", "[]", "{", "null"])
    func unreadable(text: String) {
        guard case .unreadable = #expect(throws: TokenizerError.self, performing: { _ = try BPETokenizer(json: Data(text.utf8)) }) else {
            return #expect(Bool(false), "“\(text)” must be unreadable")
        }
    }

    @Test("random damage never crashes: the tokenizer still encodes, or is refused", arguments: 0..<4)
    func fuzz(seed: UInt32) throws {
        let whole = [UInt8](try json())
        var state = seed
        func random(_ count: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % count
        }
        var refused = 0
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0...random(2) { bytes[random(bytes.count)] = UInt8(random(128)) }
            do {
                let tokenizer = try BPETokenizer(json: Data(bytes))
                _ = tokenizer.decode(tokenizer.encode("abc <|end|> é 東京 12", allowSpecial: true))
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test("older spellings of the same tokenizer are read alike")
    func olderForms() throws {
        let modern = try BPETokenizer(json: json())
        let merges = modern.merges.map { "\"\(modern.spellings[Int($0.left)]) \(modern.spellings[Int($0.right)])\"" }
        let older = try BPETokenizer(json: json(["model", "merges"], "[\(merges.joined(separator: ","))]"))
        #expect(older.tokenizerJSON() == modern.tokenizerJSON())
    }

    @Test("NFC composes characters before they are encoded")
    func composes() throws {
        let tokenizer = try BPETokenizer(json: json(["normalizer"], #"{"type":"NFC"}"#))
        #expect(tokenizer.encode("e\u{301}") == tokenizer.encode("\u{E9}"))
        #expect(Array(tokenizer.decode(tokenizer.encode("e\u{301}")).utf8) == [0xC3, 0xA9])
    }
}
