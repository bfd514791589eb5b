import Foundation
import Tensors
import Testing

@testable import LanguageModel

/// What each family's `config.json` may say, and what transformers 5.23 assumes where it is silent.
@Suite("Model families")
struct ModelFamilyTests {
    /// The fields that every file has, as one family would write them.
    private static let sizes: [String: String] = [
        "vocab_size": "2000", "hidden_size": "128", "intermediate_size": "384", "num_hidden_layers": "4", "num_attention_heads": "64",
    ]

    private func load(_ modelType: String, _ fields: [String: String] = [:]) throws -> ModelConfiguration {
        let folder = try TemporaryFolder()
        let all = Self.sizes.merging(["model_type": "\"\(modelType)\""]) { $1 }.merging(fields) { $1 }
        try Data("{\(all.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ","))}".utf8).write(to: folder.file("config.json"))
        return try withExtendedLifetime(folder) { try ModelConfiguration.load(from: folder.file("config.json")) }
    }

    private func error(_ modelType: String, _ fields: [String: String]) -> ConfigurationError? {
        #expect(throws: ConfigurationError.self) { try load(modelType, fields) }
    }

    @Test("a silent file has the defaults of its configuration class in transformers")
    func defaults() throws {
        let qwen3 = try load("qwen3"), qwen2 = try load("qwen2"), llama = try load("llama")
        let mistral = try load("mistral", ["sliding_window": "null"])
        #expect([qwen3, qwen2, llama, mistral].map(\.keyValueHeads) == [32, 32, 64, 8])
        #expect([qwen3, qwen2, llama, mistral].map(\.headDimension) == [128, 2, 2, 2])
        #expect([qwen3, qwen2, llama, mistral].map(\.maxPositions) == [32_768, 32_768, 2048, 131_072])
        #expect([qwen3, qwen2, llama, mistral].map(\.bosTokenID) == [nil, nil, 1, 1])
        #expect([qwen3, qwen2, llama, mistral].map(\.eosTokenIDs) == [[], [], [2], [2]])
        for silent in [qwen3, qwen2, llama, mistral] {
            #expect(
                silent.rmsNormEpsilon == 1e-6 && silent.ropeTheta == 10_000 && silent.ropeScaling == .none && !silent.tiesWordEmbeddings)
        }
    }

    @Test(
        "a null stands for as many key heads as heads, for their usual width, and for no token",
        arguments: ["qwen3", "qwen2", "llama", "mistral"])
    func nulls(modelType: String) throws {
        let silent = try load(
            modelType, ["num_key_value_heads": "null", "sliding_window": "null", "bos_token_id": "null", "eos_token_id": "null"])
        #expect(silent.keyValueHeads == 64 && silent.bosTokenID == nil && silent.eosTokenIDs.isEmpty)
    }

    @Test("an architecture states what sets its family apart")
    func architectures() throws {
        func architecture(_ modelType: String, _ fields: [String: String] = [:]) throws -> Architecture {
            Architecture(try load(modelType, fields.merging(["sliding_window": "null"]) { $1 }))
        }
        #expect(try architecture("qwen3").normalizesHeads && architecture("qwen3").biases == [])
        #expect(try architecture("qwen3", ["attention_bias": "true"]).biases == [.queryKeyValue, .attentionOutput])
        #expect(try !architecture("qwen2").normalizesHeads && architecture("qwen2").biases == .queryKeyValue)
        #expect(try !architecture("llama").normalizesHeads && architecture("llama").biases == [])
        #expect(try architecture("llama", ["attention_bias": "true"]).biases == [.queryKeyValue, .attentionOutput])
        #expect(try architecture("llama", ["mlp_bias": "true"]).biases == .feedForward)
        #expect(try !architecture("mistral").normalizesHeads && architecture("mistral").biases == [])
    }

    static let llama3 = #""factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0"#

    @Test(
        "position scaling is read in the forms of transformers 4 and 5",
        arguments: [
            (["rope_scaling": "null"], RotaryScaling.none, 10_000),
            (["rope_scaling": #"{"rope_type": "default"}"#, "rope_theta": "5"], .none, 5),
            (["rope_scaling": #"{"type": "linear", "factor": 4}"#, "rope_theta": "500000"], .linear(factor: 4), 500_000),
            (["rope_parameters": #"{"rope_type": "linear", "factor": 2.5, "rope_theta": 7}"#], .linear(factor: 2.5), 7),
            (
                [
                    "rope_scaling": #"{"rope_type": "llama3", "original_max_position_embeddings": 8192, \#(llama3)}"#,
                    "rope_theta": "500000",
                ],
                .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 8192), 500_000
            ),
            (
                ["rope_parameters": #"{"rope_type": "llama3", "rope_theta": 500000.0, \#(llama3)}"#, "max_position_embeddings": "4096"],
                .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 4096), 500_000
            ),
            (
                ["rope_parameters": #"{"rope_type": "llama3", \#(llama3)}"#, "original_max_position_embeddings": "512"],
                .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 512), 10_000
            ),
        ] as [([String: String], RotaryScaling, Double)])
    func scaling(fields: [String: String], scaling: RotaryScaling, theta: Double) throws {
        let configuration = try load("llama", fields)
        #expect(configuration.ropeScaling == scaling && configuration.ropeTheta == theta)
    }

    @Test(
        "what is written is read back, and holds the forms of both versions of transformers",
        arguments: ["qwen3", "qwen2", "llama", "mistral"],
        [RotaryScaling.none, .linear(factor: 2), .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 64)])
    func roundTrip(modelType: String, scaling: RotaryScaling) throws {
        let configuration = try ModelConfiguration(
            modelType: modelType, vocabularySize: 50, hiddenSize: 32, intermediateSize: 48, layers: 2, attentionHeads: 4, keyValueHeads: 2,
            headDimension: 16, ropeTheta: 5e5, ropeScaling: scaling, attentionBias: modelType == "llama",
            feedForwardBias: modelType == "llama",
            eosTokenIDs: [3])
        let folder = try TemporaryFolder(), url = folder.file("config.json")
        try configuration.save(to: url)
        #expect(try ModelConfiguration.load(from: url) == configuration)
        let document = try JSONParser.parse([UInt8](Data(contentsOf: url)))
        #expect((document["rope_scaling"] != nil) == (scaling != .none) && document["rope_theta"] == .integer(500_000))
        #expect(document["rope_parameters"]?["rope_type"] == document["rope_scaling"]?["rope_type"] ?? .string("default"))
        #expect(document["architectures"]?.array?.first?.string?.lowercased() == modelType + "forcausallm")
    }

    @Test(
        "a feature that the family's decoders lack here is refused by field and value",
        arguments: [
            ("mixtral", [:], "model_type", "the architecture “mixtral”"),
            ("qwen2", ["use_sliding_window": "true"], "use_sliding_window", "true"),
            ("qwen2", ["layer_types": #"["sliding_attention"]"#], "layer_types", "sliding_attention"),
            ("mistral", ["sliding_window": "4096"], "sliding_window", "a window of 4096"),
            ("mistral", [:], "sliding_window", "a window of 4096"),
            ("llama", ["sliding_window": "128"], "sliding_window", "a window of 128"),
            ("mistral", ["sliding_window": "null", "attention_bias": "true"], "attention_bias", "true for mistral"),
            ("qwen2", ["mlp_bias": "true"], "mlp_bias", "true for qwen2"),
            ("llama", ["rope_scaling": #"{"type": "dynamic", "factor": 2}"#], "rope_scaling", "position scaling “dynamic”"),
            ("llama", ["rope_parameters": #"{"rope_type": "yarn", "factor": 2}"#], "rope_parameters", "position scaling “yarn”"),
            ("qwen2", ["rope_scaling": #"{"type": "default", "mrope_section": [1]}"#], "rope_scaling", "the entry “mrope_section”"),
            ("llama", ["rope_scaling": #"{"type": "linear", "partial_rotary_factor": 0.5}"#], "rope_scaling.partial_rotary_factor", "0.5"),
        ] as [(String, [String: String], String, String)])
    func refused(modelType: String, fields: [String: String], field: String, found: String) throws {
        let refusal = error(modelType, fields)
        guard case .unsupported(_, field, let named, let supported) = refusal else {
            return #expect(Bool(false), "\(modelType) with \(fields) gave \(refusal?.description ?? "nothing")")
        }
        #expect(named.contains(found) && !supported.isEmpty)
        #expect(refusal?.description.contains("config.json, field \(field): ") == true)
    }

    @Test("an architecture that is not there is refused with those that are")
    func supportedArchitectures() {
        let text = error("gemma3", [:])?.description ?? ""
        #expect(text.contains("gemma3") && text.contains("qwen3, qwen2, llama, mistral"))
    }

    @Test(
        "a scaling that lacks an entry or has one out of range is refused by that entry",
        arguments: [
            (#"{"rope_type": "linear"}"#, "factor"), (#"{"rope_type": "llama3", "factor": 8, "low_freq_factor": 1}"#, "high_freq_factor"),
            (#"{"rope_type": "linear", "factor": 0.5}"#, "factor"), (#"{"rope_type": "linear", "factor": "two"}"#, "factor"),
            (#"{"rope_type": "llama3", "factor": 8, "low_freq_factor": 4, "high_freq_factor": 4}"#, "high_freq_factor"),
            (#"{"rope_type": "llama3", "factor": 8, "low_freq_factor": 0, "high_freq_factor": 4}"#, "low_freq_factor"),
            (#"{"rope_type": "llama3", "original_max_position_embeddings": 0, \#(llama3)}"#, "original_max_position_embeddings"),
        ])
    func incompleteScaling(entries: String, entry: String) {
        let text = error("llama", ["rope_scaling": entries])?.description ?? ""
        #expect(text.contains("config.json") && text.contains("rope_scaling.\(entry)"), "\(text)")
    }

    @Test("two scalings that contradict each other are refused")
    func contradiction() {
        let text = error(
            "llama", ["rope_scaling": #"{"type": "linear", "factor": 2}"#, "rope_parameters": #"{"rope_type": "linear", "factor": 4}"#])?
            .description
        #expect(text?.contains("field rope_parameters: it asks for another position scaling than rope_scaling") == true)
    }

    @Test("heads that do not divide the width need their own")
    func headWidth() throws {
        let text = error("llama", ["num_attention_heads": "3"])?.description ?? ""
        #expect(text.contains("field num_attention_heads: 3") && text.contains("head_dim"))
        #expect(try load("llama", ["num_attention_heads": "3", "head_dim": "16"]).headDimension == 16)
    }
}
