import Foundation
import Randomness
import Testing

@testable import LanguageModel

@Suite("Text of tokens that come one by one")
struct TokenTextStreamTests {
    private static let texts = [
        "", " ", "the quick brown fox", "naïve café\r\n東京 👍🏽!", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a  b", " a ab  ab", "\u{FFFD}\u{10FFFF}",
    ]

    private static func byteTokenizer() throws -> BPETokenizer {
        try BPETrainer(vocabularySize: 300, specialTokens: ["<|endoftext|>"]).train(on: Array(repeating: "the quick café 東京", count: 20))
    }

    /// A tokenizer over characters with bytes to fall back to; what it decodes loses one space at its start.
    private static func characterTokenizer() throws -> BPETokenizer {
        let bytes = (0...255).map { TokenDecoder.spelling(ofByte: UInt8($0)) }
        let tokens = ["<unk>", "<s>"] + bytes + ["▁", "a", "b", "▁a", "ab", "▁ab"]
        let vocabulary = tokens.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
        let json = """
            {"version": "1.0", "added_tokens": [{"id": 1, "content": "<s>", "special": true, "lstrip": false, "rstrip": false,
            "single_word": false, "normalized": false}],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}, "pre_tokenizer": null, "post_processor": null,
            "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
            "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true, "ignore_merges": false,
            "vocab": {\(vocabulary)}, "merges": ["▁ a", "a b", ["▁", "ab"]]}}
            """
        return try BPETokenizer(json: Data(json.utf8))
    }

    private static func pieces(_ tokens: [Int32], of tokenizer: BPETokenizer, after context: [Int32] = []) -> [String] {
        var stream = TokenTextStream(tokenizer, after: context)
        return tokens.map { stream.append($0) } + [stream.finish()]
    }

    @Test("all pieces together are the text, byte for byte", arguments: texts)
    func whole(text: String) throws {
        for tokenizer in [try Self.byteTokenizer(), try Self.characterTokenizer()] {
            let tokens = tokenizer.encode(text)
            #expect(Array(Self.pieces(tokens, of: tokenizer).joined().utf8) == Array(tokenizer.decode(tokens).utf8))
        }
    }

    @Test("also of tokens that spell no text, special ones among them", arguments: 0..<200)
    func anything(number: Int) throws {
        var generator = SeedTree(root: 9)("tokens", number).generator
        for tokenizer in [try Self.byteTokenizer(), try Self.characterTokenizer()] {
            let tokens = (0..<24).map { _ in Int32(generator.index(below: tokenizer.vocabularySize)) }
            #expect(Array(Self.pieces(tokens, of: tokenizer).joined().utf8) == Array(tokenizer.decode(tokens).utf8))
        }
    }

    @Test("no piece holds half a character")
    func characters() throws {
        let tokenizer = try Self.byteTokenizer()
        let pieces = Self.pieces(tokenizer.encode("👍🏽 é 東"), of: tokenizer)
        #expect(pieces.allSatisfy { !$0.unicodeScalars.contains("\u{FFFD}") } && pieces.contains(""))
        #expect(pieces.last == "")
    }

    @Test("a space between a context and what follows is part of what follows")
    func context() throws {
        let tokenizer = try Self.characterTokenizer()
        let (context, more) = (try [#require(tokenizer.id(ofToken: "▁ab"))], try [#require(tokenizer.id(ofToken: "▁a"))])
        #expect(Self.pieces(more, of: tokenizer).joined() == "a")
        #expect(Self.pieces(more, of: tokenizer, after: context).joined() == " a")
        #expect(tokenizer.decode(context + more) == "ab a")
    }

    @Test("what the end leaves incomplete becomes U+FFFD, and then a new text can begin")
    func incomplete() throws {
        let tokenizer = try Self.byteTokenizer()
        let lead = try #require(tokenizer.id(ofToken: ByteAlphabet.spelling(of: [0xE6])))
        var stream = TokenTextStream(tokenizer)
        #expect(stream.append(lead) == "" && stream.finish() == "\u{FFFD}" && stream.finish() == "")
    }
}
