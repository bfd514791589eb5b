import Autodidact
import Foundation
import Remote
import Testing

@testable import AutodidactCLI

@Suite("Keys and settings of models elsewhere")
struct RemoteOptionsTests {
    private static let planted = "planted-api-key"
    private static let endpoint = ModelName.endpoint(OpenAIAddress(url: "https://a.example/v1", model: "m"))
    private static let service = ModelName.service(ServiceAddress(url: "https://b.example", baseModel: "m"))

    private func key(_ permissions: Int, for models: [ModelName]) async throws -> Secret? {
        try await Workplace.with { place in
            let file = place.folder.appendingPathComponent("key")
            try Data((Self.planted + "\n").utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
            var options = RemoteOptions()
            options.keyFile = file.path
            return try options.key(for: models)
        }
    }

    @Test("a key comes from a file that its owner alone can read, and is shown nowhere")
    func file() async throws {
        let key = try #require(try await key(0o600, for: [Self.endpoint]))
        #expect(key.revealed == Self.planted && !"\(key)".contains(Self.planted))
        let error = await #expect(throws: BadInput.self) { try await self.key(0o644, for: [Self.endpoint]) }
        #expect(error?.description.contains("chmod 600") == true && error?.description.contains(Self.planted) == false)
    }

    @Test("a key goes to one place, or nowhere")
    func places() async throws {
        let two = await #expect(throws: BadInput.self) { try await self.key(0o600, for: [Self.endpoint, Self.service]) }
        #expect(two?.description.contains("https://a.example/v1 and https://b.example") == true)
        let none = await #expect(throws: BadInput.self) { try await self.key(0o600, for: []) }
        #expect(none?.description.contains("no effect") == true)
    }

    @Test("settings of one kind of place have no effect at another")
    func effects() throws {
        let settings = try RemoteSettings.resolved(["backend.connections=2", "backend.tokenBudget=9"], for: [Self.endpoint])
        #expect(settings.openAIOptions(form: .text) == OpenAIOptions(form: .text, connections: 2, tokenBudget: 9))
        #expect(throws: SettingsError.self) { try RemoteSettings.resolved(["backend.connections=2"], for: [Self.service]) }
        #expect(throws: SettingsError.self) { try RemoteSettings.resolved(["backend.rank=2"], for: [Self.endpoint]) }
        #expect(try RemoteSettings.resolved(["backend.rank=2"], for: [Self.endpoint, Self.service]).rank == 2)
        #expect(throws: SettingsError.self) { try RemoteSettings.resolved(["backend.rank=0"], for: [Self.service]) }
        #expect(throws: SettingsError.self) { try RemoteSettings.resolved(["seed=2"], for: [Self.service]) }
    }
}
