import Foundation
import Testing

@testable import LanguageModel

@Suite("Tokenizers against the package of that name", .enabled(if: Parity.folder(of: "tokenizers") != nil, "\(Parity.reason)"))
struct TokenizerParityTests {
    @Test(
        "give the same ids for 2,400 texts, and the same texts for ids",
        arguments: [
            "gpt2", "smollm", "qwen2", "llama3", "llama2", "flags", "metaspace-first", "metaspace-always-split", "metaspace-never",
            "unknown-fused", "unknown",
        ])
    func family(name: String) throws {
        let folder = try #require(Parity.folder(of: "tokenizers"))
        try TokenizerCases.compare(in: folder.appendingPathComponent(name))
    }

    @Test("letters, numbers and space are the same of all characters that both versions of Unicode know")
    func classes() throws {
        let folder = try #require(Parity.folder(of: "tokenizers"))
        let data = try Data(contentsOf: folder.appendingPathComponent("classes.json"))
        let ranges = try JSONDecoder().decode([String: [[UInt32]]].self, from: data)
        var expected = [String](repeating: "other", count: 0x110000)
        for (name, list) in ranges {
            for range in list { for value in range[0]...range[1] { expected[Int(value)] = name } }
        }
        // The marker that the script puts in for a match is no letter, number or space itself.
        let different = (0..<UInt32(0x110000)).compactMap(Unicode.Scalar.init).filter { scalar in
            let isKnown = expected[Int(scalar.value)] != "unassigned" && scalar.properties.generalCategory != .unassigned
            return isKnown && scalar.value != 0xE000 && "\(CharacterClass.of(scalar))" != expected[Int(scalar.value)]
        }
        #expect(different.isEmpty, "\(different.count) differ, among them \(different.prefix(20).map { String($0.value, radix: 16) })")
    }
}

@Suite("Tokenizers against recorded results of the package of that name")
struct TokenizerFixtureTests {
    @Test("a small core of each kind gives the same ids and texts", arguments: ["llama3", "llama2"])
    func family(name: String) throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        try TokenizerCases.compare(in: fixtures.appendingPathComponent("Fixtures/tokenizers/\(name)"))
    }

    @Test("random damage to a file never crashes: the tokenizer still encodes and decodes, or is refused", arguments: ["llama3", "llama2"])
    func fuzz(name: String) throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let whole = [UInt8](try Data(contentsOf: fixtures.appendingPathComponent("Fixtures/tokenizers/\(name)/tokenizer.json")))
        // What stands before the vocabulary is a small part of the file and the one that says most.
        let head = try #require(whole.firstRange(of: Array("\"vocab\"".utf8))).lowerBound
        var state: UInt32 = 7
        func random(_ count: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % count
        }
        var refused = 0
        for round in 0..<300 {
            var bytes = whole
            for _ in 0...random(2) { bytes[random(round % 2 == 0 ? head : bytes.count)] = UInt8(random(128)) }
            do {
                let tokenizer = try BPETokenizer(json: Data(bytes))
                _ = tokenizer.decode(tokenizer.encode("abc  <s> é 東京 12", allowSpecial: true) + [0, 300, 5])
                _ = tokenizer.encode([.template("<s>user "), .content("</s>\n🙂")])
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }
}
