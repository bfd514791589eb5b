import Foundation
import Testing

@testable import LanguageModel

@Suite("GenerationConfiguration")
struct GenerationConfigurationTests {
    private func load(_ text: String) throws -> GenerationConfiguration {
        let folder = try TemporaryFolder()
        let url = folder.file("generation_config.json")
        try Data(text.utf8).write(to: url)
        return try GenerationConfiguration.load(from: url)
    }

    @Test("Qwen3's file is read; unknown fields are ignored")
    func qwen3() throws {
        let text = #"""
            {"bos_token_id": 151643, "do_sample": true, "eos_token_id": [151645, 151643], "pad_token_id": 151643,
             "temperature": 0.6, "top_k": 20, "top_p": 0.95, "transformers_version": "4.51.0"}
            """#
        let expected = GenerationConfiguration(
            eosTokenIDs: [151_645, 151_643], padTokenID: 151_643, bosTokenID: 151_643, temperature: 0.6, topK: 20, topP: 0.95,
            doSample: true)
        #expect(try load(text) == expected)
    }

    @Test("what is saved is read back", arguments: [[], [7], [7, 8]] as [[Int32]])
    func roundTrip(eos: [Int32]) throws {
        let folder = try TemporaryFolder()
        let configuration = GenerationConfiguration(eosTokenIDs: eos, padTokenID: 1, temperature: 0.25)
        try configuration.save(to: folder.file("generation_config.json"))
        #expect(try GenerationConfiguration.load(from: folder.file("generation_config.json")) == configuration)
    }

    @Test(
        "a value outside its range is refused",
        arguments: [#"{"temperature": -1}"#, #"{"top_k": -1}"#, #"{"top_p": 0}"#, #"{"top_p": 1.5}"#, #"{"eos_token_id": [3, -1]}"#])
    func outOfRange(text: String) {
        guard case .outOfRange = #expect(throws: ConfigurationError.self, performing: { try load(text) }) else {
            return #expect(Bool(false), "\(text) must be out of range")
        }
    }

    @Test("a value of the wrong type is refused by name")
    func malformed() {
        let error = #expect(throws: ConfigurationError.self) { try load(#"{"do_sample": "yes"}"#) }
        #expect(error?.description.contains("generation_config.json, field do_sample: its value must be true or false") == true)
    }
}
