import Foundation
import Testing

@testable import LanguageModel

@Suite("BPETokenizer")
struct BPETokenizerTests {
    private let tokenizer: BPETokenizer

    init() throws {
        let texts = (0..<50).map { "the quick brown fox's \($0) jumps = over the lazy dog, naïve café 東京 👍🏽" }
        tokenizer = try BPETrainer(vocabularySize: 400, specialTokens: ["<|endoftext|>", "<|im_end|>"]).train(on: texts)
    }

    @Test(
        "every text decodes to itself",
        arguments: [
            "", " ", "the quick", "naïve\r\n\tcafé", "e\u{301} é", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "\u{0}\u{7F}\u{FFFD}\u{10FFFF}\u{FFFF}", "مرحبا ٣٤ हिन्दी ไทย 한국어",
            "<|im_end|> it",
            String(repeating: " \n", count: 500), String(repeating: "a", count: 3000),
        ])
    func roundTrip(text: String) {
        #expect(Array(tokenizer.decode(tokenizer.encode(text)).utf8) == Array(text.utf8))
    }

    @Test("malformed UTF-8 is repaired with U+FFFD, and only there")
    func malformedUTF8() throws {
        let first = try #require(tokenizer.encode("é").first.map { tokenizer.bytes(of: $0) })
        #expect(!first.isEmpty)
        let lead = try #require(tokenizer.id(ofToken: ByteAlphabet.spelling(of: [0xE6])))
        let letter = try #require(tokenizer.id(ofToken: "a"))
        #expect(tokenizer.decode([letter, lead, letter]) == "a\u{FFFD}a")
        #expect(tokenizer.decode([lead]) == "\u{FFFD}")
    }

    @Test("special tokens are text unless the caller allows them")
    func specialTokens() throws {
        let end = try #require(tokenizer.id(ofToken: "<|im_end|>"))
        #expect(tokenizer.specialTokens.map(\.content) == ["<|endoftext|>", "<|im_end|>"])
        #expect(tokenizer.isSpecial(end) && !tokenizer.isSpecial(end + 1))
        let plain = tokenizer.encode("a<|im_end|>b")
        #expect(!plain.contains(end) && tokenizer.decode(plain) == "a<|im_end|>b")
        let allowed = tokenizer.encode("a<|im_end|>b", allowSpecial: true)
        #expect(allowed == tokenizer.encode("a") + [end] + tokenizer.encode("b"))
        #expect(tokenizer.decode(allowed) == "ab")
        #expect(tokenizer.decode(allowed, skipSpecial: false) == "a<|im_end|>b")
    }

    @Test("of added tokens that start together the longest is recognised")
    func longestAddedToken() {
        let matcher = AddedTokenMatcher([
            AddedToken(id: 1, content: "<a>", isSpecial: true), AddedToken(id: 2, content: "<a><b>", isSpecial: true),
        ])
        #expect(
            matcher.pieces(of: Array("x<a><b><a>y<a".utf8)) == [.plain(0..<1), .token(2), .token(1), .plain(10..<13)])
    }

    @Test("ids outside the vocabulary add nothing")
    func foreignIDs() {
        #expect(tokenizer.decode([-1, Int32(tokenizer.vocabularySize), .max, .min]) == "")
        #expect(tokenizer.bytes(of: -1).isEmpty)
        #expect(tokenizer.id(ofToken: "no such token") == nil)
    }

    @Test("many threads get the results of one")
    func threads() async {
        let texts = (0..<200).map { "the lazy fox \($0) over \($0 * 7) café" }
        let expected = texts.map { tokenizer.encode($0) }
        let fresh = tokenizer
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { texts.map { fresh.encode($0) } == expected } }
            for await isEqual in group { #expect(isEqual) }
        }
    }

    @Test("what is saved is read back, with the files that transformers needs")
    func saving() throws {
        let folder = try TemporaryFolder()
        try tokenizer.save(to: folder.url, endOfText: "<|endoftext|>", padding: "<|im_end|>")
        let reread = try BPETokenizer(tokenizerJSON: folder.file("tokenizer.json"))
        #expect(reread.tokenizerJSON() == tokenizer.tokenizerJSON())
        #expect(reread.encode("the fox 12") == tokenizer.encode("the fox 12"))
        let configuration = try JSONParser.parse([UInt8](Data(contentsOf: folder.file("tokenizer_config.json"))))
        #expect(configuration["tokenizer_class"] == .string("PreTrainedTokenizerFast"))
        #expect(configuration["pad_token"] == .string("<|im_end|>"))
        #expect(FileManager.default.fileExists(atPath: folder.file("special_tokens_map.json").path))
        let nowhere = URL(fileURLWithPath: "/nonexistent/folder")
        #expect(throws: TokenizerError.self) { try tokenizer.save(to: nowhere, endOfText: "<|endoftext|>", padding: "<|im_end|>") }
    }
}
