import Testing

@testable import LanguageModel

@Suite("Texts of files in messages")
struct HostileNameTests {
    @Test("a name of a hostile file comes out on one bounded line")
    func messages() {
        let name = String(repeating: "\u{1B}[2J\n", count: 10_000)
        let error = SafetensorsError.malformedTensor(
            file: "a.safetensors", tensor: name, reason: "its entry has an unknown field “\(name)”")
        #expect(error.description.utf8.count < 2_000 && error.description.contains("a.safetensors"))
        #expect(!error.description.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
}
