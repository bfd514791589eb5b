import Foundation
import Tensors

@testable import LanguageModel

/// `config.json` of all families, and `generation_config.json`.
let configurationTargets = [
    FuzzTarget(
        "config", words: configurationWords, places: ["config.json"],
        corpus: {
            try ModelConfiguration.supportedModelTypes.flatMap { type in
                try [
                    RotaryScaling.none, .linear(factor: 2),
                    .llama3(factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 64),
                ]
                .map { scaling in
                    let configuration = try ModelConfiguration(
                        modelType: type, vocabularySize: 64, hiddenSize: 16, intermediateSize: 24, layers: 2, attentionHeads: 4,
                        keyValueHeads: 2, headDimension: 4, ropeScaling: scaling, maxPositions: 128, bosTokenID: 1, eosTokenIDs: [2, 3],
                        dtype: .bfloat16)
                    return try filesWritten(["config.json"]) { try configuration.save(to: $0.appendingPathComponent("config.json")) }
                }
            }
        },
        run: { input in
            try await Workspace("config").with(input) { folder in
                let file = folder.appendingPathComponent("config.json")
                let configuration = try ModelConfiguration.load(from: file)
                let architecture = Architecture(configuration)
                if architecture.layers <= 4 {
                    let floats = Transformer.specifications(architecture).reduce(0.0) { $0 + Double($1.count) }
                    try require(floats > 0, "a model without weights is accepted")
                }
                try configuration.save(to: file)
                try require(try ModelConfiguration.load(from: file) == configuration, "\(configuration) reads back as another")
            }
        }),
    FuzzTarget(
        "generation-config", words: configurationWords, places: ["generation_config.json"],
        corpus: {
            try [
                GenerationConfiguration(), GenerationConfiguration(eosTokenIDs: [0], padTokenID: 0),
                GenerationConfiguration(eosTokenIDs: [1, 2], bosTokenID: 3, temperature: 0.7, topK: 20, topP: 0.8, doSample: true),
            ].map { configuration in
                try filesWritten(["generation_config.json"]) {
                    try configuration.save(to: $0.appendingPathComponent("generation_config.json"))
                }
            }
        },
        run: { input in
            try await Workspace("generation").with(input) { folder in
                let file = folder.appendingPathComponent("generation_config.json")
                let configuration = try GenerationConfiguration.load(from: file)
                try configuration.save(to: file)
                try require(try GenerationConfiguration.load(from: file) == configuration, "\(configuration) reads back as another")
            }
        }),
]

let configurationWords =
    ModelConfiguration.Key.allCases.map(\.rawValue) + RopeParameters.Key.allCases.map(\.rawValue) + [
        "qwen3", "qwen2", "llama", "mistral", "default", "linear", "llama3", "yarn", "silu", "bfloat16", "float32", "full_attention",
        "top_k",
        "top_p", "do_sample", "temperature",
    ]
