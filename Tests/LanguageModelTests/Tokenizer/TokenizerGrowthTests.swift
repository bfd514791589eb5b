import Testing

@testable import LanguageModel

@Suite("Growth of texts in tokenizers")
struct TokenizerGrowthTests {
    private func replacement(_ count: Int, by length: Int) -> JSONValue {
        let part = JSONValue.object([
            .init("type", .string("Replace")), .init("pattern", .object([.init("String", .string("a"))])),
            .init("content", .string(String(repeating: "a", count: length))),
        ])
        return .object([
            .init("type", .string("Sequence")), .init("normalizers", .array(Array(repeating: part, count: count))),
            .init("decoders", .array(Array(repeating: part, count: count))),
        ])
    }

    @Test("replacements that multiply a text are refused by field, however many", arguments: [(40, 2), (1, 65), (2, 1_000), (1_000, 3)])
    func refused(steps: Int, length: Int) {
        let json = replacement(steps, by: length)
        let normalizer = #expect(throws: TokenizerError.self) { _ = try Normalizer(json: json, file: "tokenizer.json") }
        #expect(normalizer == TokenizerError.growth(file: "tokenizer.json", field: "normalizer"))
        let decoder = #expect(throws: TokenizerError.self) { _ = try TokenDecoder(json: json, file: "tokenizer.json") }
        #expect(decoder == TokenizerError.growth(file: "tokenizer.json", field: "decoder"))
    }

    @Test("what published tokenizers do is accepted: a mark before a text, and marks for spaces", arguments: [(1, 3), (1_000, 1), (6, 2)])
    func accepted(steps: Int, length: Int) throws {
        #expect(try Normalizer(json: replacement(steps, by: length), file: "tokenizer.json").steps.count == steps)
        let prepend = JSONValue.object([.init("type", .string("Prepend")), .init("prepend", .string("▁"))])
        #expect(try Normalizer(json: prepend, file: "tokenizer.json").apply("a") == Array("▁a".utf8))
    }
}
