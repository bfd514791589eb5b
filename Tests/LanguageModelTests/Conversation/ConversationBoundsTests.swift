import Testing

@testable import LanguageModel

@Suite("Long texts in conversations")
struct ConversationBoundsTests {
    @Test("a turn whose role never ends is refused in one bounded sentence")
    func endlessRole() throws {
        let encoder = try ConversationEncoder(.chatML, tokenizer: try ChatTokenizer.make())
        let start = try #require(encoder.tokenizer.id(ofToken: ChatMLLayout.start))
        let letters = encoder.tokenizer.encode(String(repeating: "7 ", count: 60_000))
        let error = #expect(throws: ConversationError.self) {
            _ = try encoder.turns(in: [start] + letters + encoder.tokenizer.encode("\nhello"))
        }
        let text = error?.description ?? ""
        #expect(text.contains("is no role") && text.utf8.count < 1_000)
    }
}
