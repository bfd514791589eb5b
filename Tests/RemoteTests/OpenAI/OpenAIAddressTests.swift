import Testing

@testable import Remote

@Suite("Names of models at endpoints")
struct OpenAIAddressTests {
    @Test(
        "address and model are told apart",
        arguments: [
            ("openai+http://127.0.0.1:8000/v1#Qwen/Qwen3-0.6B", "http://127.0.0.1:8000/v1", "Qwen/Qwen3-0.6B", false),
            ("openai+http://localhost:8000/v1#/models/tiny", "http://localhost:8000/v1", "/models/tiny", false),
            ("openai+https://example.org/api/v1#a#b", "https://example.org/api/v1", "a#b", false),
            ("openai+http://10.0.0.2/v1#m", "http://10.0.0.2/v1", "m", true),
        ])
    func read(name: String, url: String, model: String, isInClear: Bool) throws {
        let address = try OpenAIAddress(name)
        #expect(address.url == url && address.model == model && address.isInClear == isInClear)
        #expect(address.description == name)
    }

    @Test(
        "what is none is refused, with how to write one",
        arguments: [
            "", "seedling", "openai+ftp://h/v1#m", "http://h/v1#m", "openai+http://h/v1", "openai+http://h/v1#", "openai+http://#m",
            "openai+http://user:password@h/v1#m", "openai+http://h/v1?key=1#m", "openai+http://a b#m", "openai+http://\u{1B}[31m#m",
        ])
    func refused(name: String) {
        let error = #expect(throws: OpenAIAddressError.self) { try OpenAIAddress(name) }
        #expect(error?.description.contains("openai+http://HOST:PORT/v1#MODEL") == true)
        #expect(error?.description.contains("\u{1B}") == false)
    }
}
