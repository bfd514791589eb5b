import Testing

@testable import Remote

@Suite("Names of models at services")
struct ServiceAddressTests {
    @Test(
        "address and base model are told apart",
        arguments: [
            ("tinker+http://127.0.0.1:8000/Qwen/Qwen3-0.6B", "http://127.0.0.1:8000", "Qwen/Qwen3-0.6B", false),
            ("tinker+http://localhost:8000//models/tiny", "http://localhost:8000", "/models/tiny", false),
            ("tinker+https://example.org/services/prod#Qwen/Qwen3-8B", "https://example.org/services/prod", "Qwen/Qwen3-8B", false),
            ("tinker+http://[::1]:8000/m", "http://[::1]:8000", "m", false), ("tinker+http://10.0.0.2/m", "http://10.0.0.2", "m", true),
        ])
    func read(name: String, url: String, model: String, isInClear: Bool) throws {
        let address = try ServiceAddress(name)
        #expect(address.url == url && address.baseModel == model && address.isInClear == isInClear)
        #expect(address.description == name)
    }

    @Test(
        "what is none is refused, with how to write one",
        arguments: [
            "", "seedling", "tinker+ftp://h/m", "http://h/m", "tinker+http://h", "tinker+http://h/", "tinker+http:///m",
            "tinker+http://user:password@h/m", "tinker+http://h?x=1/m", "tinker+http://a b/m", "tinker+http://\u{1B}[31m/m",
        ])
    func refused(name: String) {
        let error = #expect(throws: ServiceAddressError.self) { try ServiceAddress(name) }
        #expect(error?.description.contains("tinker+http://HOST:PORT/BASE_MODEL") == true)
        #expect(error?.description.contains("\u{1B}") == false)
    }
}
