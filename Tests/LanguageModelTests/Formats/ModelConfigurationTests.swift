import Foundation
import Testing

@testable import LanguageModel

@Suite("ModelConfiguration")
struct ModelConfigurationTests {
    /// A configuration in the form of transformers 4, with some fields replaced or (by nil) removed.
    private func file(_ changes: [String: String?] = [:]) throws -> (folder: TemporaryFolder, url: URL) {
        var fields: [String: String] = [
            "architectures": #"["Qwen3ForCausalLM"]"#, "model_type": #""qwen3""#, "vocab_size": "2000", "hidden_size": "128",
            "intermediate_size": "384", "num_hidden_layers": "4", "num_attention_heads": "4", "num_key_value_heads": "2", "head_dim": "32",
            "rms_norm_eps": "1e-06", "rope_theta": "1000000", "rope_scaling": "null", "max_position_embeddings": "512",
            "tie_word_embeddings": "true", "hidden_act": #""silu""#, "attention_bias": "false", "attention_dropout": "0.0",
            "use_sliding_window": "false", "sliding_window": "null", "max_window_layers": "28", "eos_token_id": "[0, 2]",
            "bos_token_id": "null", "pad_token_id": "0", "torch_dtype": #""bfloat16""#, "use_cache": "true",
        ]
        for (key, value) in changes { fields[key] = value }
        let folder = try TemporaryFolder()
        let url = folder.file("config.json")
        let text = fields.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ",\n")
        try Data("{\(text)}".utf8).write(to: url)
        return (folder, url)
    }

    private func load(_ changes: [String: String?] = [:]) throws -> ModelConfiguration {
        let (folder, url) = try file(changes)
        return try withExtendedLifetime(folder) { try ModelConfiguration.load(from: url) }
    }

    private func expected() throws -> ModelConfiguration {
        try ModelConfiguration(
            vocabularySize: 2000, hiddenSize: 128, intermediateSize: 384, layers: 4, attentionHeads: 4, keyValueHeads: 2, headDimension: 32,
            rmsNormEpsilon: 1e-6, ropeTheta: 1e6, maxPositions: 512, tiesWordEmbeddings: true, eosTokenIDs: [0, 2], padTokenID: 0,
            dtype: .bfloat16)
    }

    @Test("the form of transformers 4 is read")
    func version4() throws {
        #expect(try load() == expected())
    }

    @Test("the form of transformers 5 is read")
    func version5() throws {
        let changes: [String: String?] = [
            "rope_theta": nil, "rope_scaling": nil, "rope_parameters": #"{"rope_theta": 1000000.0, "rope_type": "default"}"#,
            "torch_dtype": nil, "dtype": #""bfloat16""#, "layer_types": #"["full_attention", "full_attention"]"#,
        ]
        #expect(try load(changes) == expected())
    }

    @Test("fields that transformers leaves out have the defaults of Qwen3Config")
    func defaults() throws {
        let configuration = try load([
            "rms_norm_eps": nil, "rope_theta": nil, "max_position_embeddings": nil, "tie_word_embeddings": nil, "hidden_act": nil,
            "attention_bias": nil, "use_sliding_window": nil, "torch_dtype": nil, "eos_token_id": "2",
        ])
        #expect(configuration.rmsNormEpsilon == 1e-6 && configuration.ropeTheta == 10_000 && configuration.maxPositions == 32_768)
        #expect(!configuration.tiesWordEmbeddings && configuration.dtype == .float32 && configuration.eosTokenIDs == [2])
    }

    @Test("what is saved is read back, and holds both forms of the rotary base")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let url = folder.file("config.json")
        try expected().save(to: url)
        #expect(try ModelConfiguration.load(from: url) == expected())
        let document = try JSONParser.parse([UInt8](Data(contentsOf: url)))
        #expect(document["rope_theta"] == .integer(1_000_000))
        #expect(document["rope_parameters"]?["rope_theta"] == .integer(1_000_000))
        #expect(document["architectures"] == .array([.string("Qwen3ForCausalLM")]))
    }

    @Test(
        "a feature that the engine lacks is refused by name",
        arguments: [
            ("model_type", #""gpt2""#, "the architecture “gpt2”"), ("hidden_act", #""gelu""#, "gelu"),
            ("mlp_bias", "true", "true for qwen3"),
            ("use_sliding_window", "true", "true"), ("attention_dropout", "0.1", "0.1"),
            ("rope_scaling", #"{"type": "yarn", "factor": 4.0}"#, "position scaling “yarn”"),
            ("rope_scaling", #"{"factor": 4.0}"#, "position scaling “without a type”"),
            ("rope_parameters", #"{"rope_type": "longrope", "rope_theta": 1000000}"#, "position scaling “longrope”"),
            ("rope_parameters", #"{"full_attention": {"rope_type": "default"}}"#, "the entry “full_attention”"),
            ("partial_rotary_factor", "0.5", "0.5"),
            ("layer_types", #"["full_attention", "sliding_attention"]"#, "sliding_attention"), ("torch_dtype", #""float64""#, "float64"),
            ("quantization_config", #"{"bits": 4}"#, "a quantised model"),
        ])
    func unsupported(field: String, value: String, found: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try load([field: value]) }
        guard case .unsupported(_, field, found, let supported) = error else {
            return #expect(Bool(false), "\(field) = \(value) gave \(error?.description ?? "nothing")")
        }
        #expect(!supported.isEmpty && error?.description.contains("config.json, field \(field)") == true)
    }

    @Test(
        "a value outside its range is refused by name",
        arguments: [
            ("vocab_size", "0"), ("hidden_size", "-1"), ("intermediate_size", "99999999999"), ("num_hidden_layers", "0"),
            ("num_key_value_heads", "3"), ("head_dim", "31"), ("rms_norm_eps", "0"), ("rope_theta", "-1"), ("eos_token_id", "2000"),
            ("eos_token_id", "[0, -1]"), ("pad_token_id", "5000"), ("max_position_embeddings", "0"), ("head_dim", "1024"),
            ("num_hidden_layers", "5000"),
        ])
    func outOfRange(field: String, value: String) throws {
        guard case .outOfRange(_, field, _, _) = #expect(throws: ConfigurationError.self, performing: { try load([field: value]) }) else {
            return #expect(Bool(false), "\(field) = \(value) must be out of range")
        }
    }

    @Test(
        "a missing field is named",
        arguments: ["model_type", "vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads"])
    func missing(field: String) throws {
        guard case .missing(_, field) = #expect(throws: ConfigurationError.self, performing: { try load([field: nil]) }) else {
            return #expect(Bool(false), "\(field) must be reported missing")
        }
    }

    @Test(
        "a value of the wrong type is refused by name",
        arguments: [
            ("vocab_size", #""many""#), ("hidden_size", "12.5"), ("tie_word_embeddings", "1"), ("eos_token_id", #""x""#),
            ("rope_parameters", "3"), ("model_type", "[]"), ("rope_parameters", #"{"rope_theta": 5}"#),
        ])
    func malformed(field: String, value: String) throws {
        guard case .malformed(_, field, _) = #expect(throws: ConfigurationError.self, performing: { try load([field: value]) }) else {
            return #expect(Bool(false), "\(field) = \(value) must be malformed")
        }
    }

    @Test("what is no JSON object is refused", arguments: ["", "[]", "{", "3"])
    func noObject(text: String) throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: folder.file("config.json"))
        guard
            case .unreadable = #expect(
                throws: ConfigurationError.self,
                performing: {
                    try ModelConfiguration.load(from: folder.file("config.json"))
                })
        else { return #expect(Bool(false), "“\(text)” must be unreadable") }
    }
}
