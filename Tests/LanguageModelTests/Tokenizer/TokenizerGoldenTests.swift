import Foundation
import Testing

@testable import LanguageModel

/// Against results of the Python package `tokenizers` 0.23.3, trained and run on the same texts.
@Suite("BPETokenizer agrees with the reference library")
struct TokenizerGoldenTests {
    private struct Golden: Decodable {
        struct Pattern: Decodable {
            let merges: [String]
            let ids: [[Int32]]
            /// By the number of the text: only where recognising special tokens changes the result.
            let special: [String: [Int32]]
        }
        struct Decoded: Decodable {
            let ids: [Int32]
            let text: String
            let withSpecial: String
        }
        let corpus: [String]
        let texts: [String]
        let patterns: [String: Pattern]
        let decoded: [Decoded]
    }

    private let golden: Golden

    init() throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/byte-level-golden.json")
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    static let patterns: [(String, PreTokenizer)] = [("individualDigits", .individualDigits), ("gpt2", .gpt2), ("qwen2", .qwen2)]

    private func trained(_ preTokenizer: PreTokenizer) throws -> BPETokenizer {
        try BPETrainer(
            vocabularySize: 520, specialTokens: ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], preTokenizer: preTokenizer
        ).train(on: golden.corpus)
    }

    @Test("training finds the same merges, encoding the same ids", arguments: patterns)
    func sameIDs(name: String, preTokenizer: PreTokenizer) throws {
        let expected = try #require(golden.patterns[name])
        let trained = try trained(preTokenizer)
        let spelled = trained.merges.map { "\(trained.spellings[Int($0.left)]) \(trained.spellings[Int($0.right)])" }
        #expect(spelled == expected.merges)
        let reread = try BPETokenizer(json: trained.tokenizerJSON())
        for (number, text) in golden.texts.enumerated() {
            let ids = reread.encode(text)
            #expect(ids == expected.ids[number])
            #expect(reread.encode(text, allowSpecial: true) == expected.special[String(number)] ?? expected.ids[number])
            #expect(Array(reread.decode(ids).utf8) == Array(text.utf8))
        }
    }

    @Test("decoding any ids gives the same text, malformed UTF-8 repaired in the same way")
    func sameText() throws {
        let tokenizer = try trained(.individualDigits)
        for decoded in golden.decoded {
            #expect(Array(tokenizer.decode(decoded.ids).utf8) == Array(decoded.text.utf8))
            #expect(Array(tokenizer.decode(decoded.ids, skipSpecial: false).utf8) == Array(decoded.withSpecial.utf8))
        }
    }
}
