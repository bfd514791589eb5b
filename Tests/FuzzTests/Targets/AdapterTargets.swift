import Autodidact
import Backends
import Foundation
import Randomness
import Tensors

@testable import LanguageModel

/// PEFT's adapters, and the snapshots of a run's policy.
let adapterTargets = [
    FuzzTarget(
        "peft-config", words: adapterWords, places: ["adapter_config.json"],
        corpus: {
            [
                AdapterConfiguration(rank: 3, alpha: 4),
                AdapterConfiguration(rank: 1, alpha: 2.5, targets: [.query, .up], stabilizesRank: true),
            ].map {
                FuzzInput("adapter_config.json", PEFTConfiguration.text($0, baseModel: "Models/seedling"))
            }
        },
        run: { input in
            let file = try PEFTConfiguration(input.bytes, file: "adapter_config.json")
            let configuration = try AdapterConfiguration(file, architecture: toy.architecture)
            let text = PEFTConfiguration.text(configuration, baseModel: nil)
            let again = try AdapterConfiguration(PEFTConfiguration(text, file: "adapter_config.json"), architecture: toy.architecture)
            try require(again == configuration, "\(configuration) reads back as \(again)")
        }),
    FuzzTarget(
        "adapter-folder", words: adapterWords, places: ["adapter_config.json", "adapter_model.safetensors"],
        corpus: {
            try [AdapterConfiguration(rank: 2, alpha: 4), AdapterConfiguration(rank: 1, alpha: 2, targets: [.value, .down])].map {
                configuration in
                try filesWritten(["adapter_config.json", "adapter_model.safetensors"]) { folder in
                    try LowRankAdapter(toy.architecture, configuration).save(to: folder, baseModel: nil)
                }
            }
        },
        run: { input in
            try await Workspace("adapter").with(input) { folder in
                let adapter = try LowRankAdapter(directory: folder, of: toy)
                try require(adapter.parameters.count * 2 <= input["adapter_model.safetensors"].count, "more was read than there is")
            }
        }),
    FuzzTarget(
        "snapshot", words: adapterWords + ["first_moment", "second_moment", "step"], places: ["snapshot"],
        corpus: {
            var inputs: [FuzzInput] = []
            for learner in SnapshotLearner.allCases {
                let snapshot = await (try learner.policy()).snapshot()
                inputs.append(
                    FuzzInput([
                        FuzzFile("weights.\(learner.rawValue).safetensors", snapshot.weights),
                        FuzzFile("optimizer.safetensors", snapshot.optimizer),
                    ]))
            }
            return inputs
        },
        run: { input in
            let name = input.files[0].name
            guard let learner = SnapshotLearner.allCases.first(where: { name == "weights.\($0.rawValue).safetensors" }) else { return }
            let snapshot = PolicySnapshot(weights: input.files[0].bytes, optimizer: input["optimizer.safetensors"])
            try await learner.shared.get().restore(snapshot)
        }),
]

private let toy: Transformer = {
    let transformer = Transformer(
        Architecture(
            vocabulary: 16, width: 4, feedForward: 4, layers: 2, heads: 2, keyHeads: 1, headWidth: 2, contextLength: 16, tiesHead: false))
    transformer.initialize(SeedTree(root: 1))
    return transformer
}()

private let adapterWords =
    AdapterTarget.allCases.map(\.rawValue) + [
        "LORA", "peft_type", "r", "lora_alpha", "use_rslora", "target_modules", "all-linear", "bias", "none", "use_dora", "CAUSAL_LM",
        "F32", "BF16",
        "model.layers.0.self_attn.q_proj", "rank_pattern", "modules_to_save", "init_lora_weights", "data_offsets", "shape", "__metadata__",
    ]
