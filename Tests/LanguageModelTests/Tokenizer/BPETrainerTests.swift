import Testing

@testable import LanguageModel

@Suite("BPETrainer")
struct BPETrainerTests {
    private let texts = (0..<300).map { "item \($0 % 17): the theory of \($0 * 31) things, naïve and thin" }

    @Test("the order of the texts does not matter, nor does chance")
    func deterministic() throws {
        let trainer = try BPETrainer(vocabularySize: 350, specialTokens: ["<|endoftext|>"])
        let first = trainer.train(on: texts).tokenizerJSON()
        #expect(trainer.train(on: texts).tokenizerJSON() == first)
        #expect(trainer.train(on: texts.reversed()).tokenizerJSON() == first)
    }

    @Test("special tokens come first, then the bytes in the order of their characters, then merges")
    func layout() throws {
        let tokenizer = try BPETrainer(vocabularySize: 260, specialTokens: ["<|a|>", "<|b|>"]).train(on: ["xy xy xy zz"])
        #expect(tokenizer.vocabularySize == 260)
        #expect(tokenizer.id(ofToken: "<|b|>") == 1)
        #expect(tokenizer.id(ofToken: "!") == 2)
        #expect(tokenizer.bytes(of: 2) == [0x21])
        #expect(tokenizer.id(ofToken: ByteAlphabet.spelling(of: [0xAD])) == 257)
        #expect(tokenizer.id(ofToken: "xy") == 258)
        #expect(tokenizer.id(ofToken: "Ġxy") == 259)
    }

    @Test("of pairs that occur equally often the one with the lowest ids is joined first")
    func ties() throws {
        let tokenizer = try BPETrainer(vocabularySize: 258, specialTokens: []).train(on: ["zy", "ba", "ab"])
        #expect(tokenizer.id(ofToken: "ab") == 256)
        #expect(tokenizer.id(ofToken: "ba") == 257)
    }

    @Test("training ends early where no pair is left")
    func exhausted() throws {
        #expect(try BPETrainer(vocabularySize: 1000, specialTokens: []).train(on: ["ab"]).vocabularySize == 257)
        #expect(try BPETrainer(vocabularySize: 1000, specialTokens: []).train(on: []).vocabularySize == 256)
    }

    @Test("digits are never joined")
    func digits() throws {
        let tokenizer = try BPETrainer(vocabularySize: 300, specialTokens: []).train(on: Array(repeating: "12 12 x12", count: 9))
        #expect(tokenizer.encode("1212").count == 4)
    }

    @Test("plain text never becomes a special token")
    func specialSpelling() throws {
        let tokenizer = try BPETrainer(vocabularySize: 300, specialTokens: ["ab"]).train(on: ["abab ab abc"])
        #expect(!tokenizer.encode("ab abc").contains(0))
        #expect(tokenizer.encode("ab", allowSpecial: true) == [0])
    }

    @Test("requests that cannot be met are refused")
    func refusals() {
        #expect(throws: TokenizerError.vocabularyTooSmall(requested: 256, least: 257)) {
            _ = try BPETrainer(vocabularySize: 256, specialTokens: ["<|a|>"])
        }
        for specials in [["<|a|>", "<|a|>"], [""], ["a"]] {
            #expect(throws: TokenizerError.self) { _ = try BPETrainer(vocabularySize: 400, specialTokens: specials) }
        }
    }
}
