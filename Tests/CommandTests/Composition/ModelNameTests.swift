import Remote
import Testing

@testable import AutodidactCLI

@Suite("Names of models")
struct ModelNameTests {
    private let shelf = Result { try ModelShelf(folder: "/") }

    @Test(
        "say where a model computes",
        arguments: [
            ("tinker+http://127.0.0.1:8000/base", BackendSettings.Place.service, "http://127.0.0.1:8000"),
            ("openai+https://example.org/v1#m", .endpoint, "https://example.org/v1"),
            ("./model", .here, nil), ("/models/a b", .here, nil),
        ] as [(String, BackendSettings.Place, String?)])
    func places(name: String, place: BackendSettings.Place, url: String?) throws {
        let model = try ModelName(name, on: shelf.get())
        #expect(model.place == place && model.url == url)
        if place != .here { #expect(model.name == name) }
    }

    @Test("that are addresses of no known kind are refused", arguments: ["http://h/m", "tinker+ftp://h/m", "openai+m", "tinker+http://h"])
    func refused(name: String) {
        let error = #expect(throws: BadInput.self) { try ModelName(name, on: shelf.get()) }
        #expect(error?.description.contains("+http://HOST:PORT/") == true)
    }

    @Test("of models elsewhere name no weights of this machine")
    func weights() {
        let error = #expect(throws: BadInput.self) { try shelf.get().place("openai+http://h/v1#m") }
        #expect(error?.description.contains("computes elsewhere") == true)
    }
}
