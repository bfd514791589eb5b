import Foundation
import Testing

@testable import Remote

@Suite("The text side of a model")
struct LocalTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models/seedling")

    @Test("is read without weights, from a directory that is named or is the base model's")
    func read() throws {
        let named = try LocalText(for: ServiceAddress(url: "http://127.0.0.1:1", baseModel: "some/model"), directory: Self.folder)
        let known = try LocalText(for: ServiceAddress(url: "http://127.0.0.1:1", baseModel: Self.folder.path))
        for text in [named, known] {
            #expect(text.decode(text.encode("1 + 2 = 3")) == "1 + 2 = 3" && text.contextLength > 0)
            #expect(text.endOfTurn.map(text.stopTokens.contains) == true)
            let prompt = text.prompt(for: "1 + 2 =\n")
            #expect(!prompt.isEmpty && !text.followUp(to: "again", isClosed: true).isEmpty)
        }
        #expect(try Fingerprint(of: named).tokens.count > 1)
    }

    @Test("is asked for where a service's base model is no directory here")
    func missing() {
        for model in ["some/model", "/nowhere/model", "relative"] {
            let address = ServiceAddress(url: "http://127.0.0.1:1", baseModel: model)
            let error = #expect(throws: TinkerError.self) { try LocalText(for: address) }
            #expect(error?.description.contains("tokenizer.json") == true)
        }
    }
}
