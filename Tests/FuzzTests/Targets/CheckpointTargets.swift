import Foundation
import Tensors

@testable import LanguageModel

/// Weights: one file, an index with its shards, and a whole model's folder.
let checkpointTargets = [
    FuzzTarget(
        "safetensors", words: tensorWords, places: ["weights.safetensors"],
        corpus: {
            let arrays: [(name: String, shape: [Int], floats: [Float])] = [
                ("a", [2, 3], [1, -2, 3.5, 0, .infinity, 6]), ("b.weight", [], [7]), ("c", [0], []),
            ]
            return [
                FuzzInput("weights.safetensors", SafetensorsWriter.data(tensors: arrays, metadata: ["format": "pt"])),
                FuzzInput("weights.safetensors", SafetensorsWriter.data(tensors: [])),
            ]
        },
        run: { input in
            let file = try SafetensorsFile(data: Data(input.bytes), name: "weights.safetensors")
            var held = 0
            for name in file.tensorNames {
                let floats = try file.floats(name)
                held += floats.count * 2
                try require(try file.info(name).shape.reduce(1, *) == floats.count, "“\(name)” has \(floats.count) numbers")
            }
            try require(held <= input.bytes.count, "\(held) bytes were read of a file of \(input.bytes.count)")
        }),
    FuzzTarget(
        "checkpoint-index",
        words: tensorWords + ["one.safetensors", "two.safetensors", "../one.safetensors", "/one.safetensors", "a", "b"],
        places: [Workspace("index").folder.lastPathComponent],
        corpus: {
            let (one, two) = ([("a", [2], [1, 2])], [("b", [1, 2], [3, 4])]) as ([(String, [Int], [Float])], [(String, [Int], [Float])])
            return [
                FuzzInput([
                    FuzzFile(
                        SafetensorsCollection.indexName,
                        #"{"metadata": {"total_size": 16}, "weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}"#.utf8),
                    FuzzFile("one.safetensors", SafetensorsWriter.data(tensors: one)),
                    FuzzFile("two.safetensors", SafetensorsWriter.data(tensors: two)),
                ])
            ]
        },
        run: { input in
            try await Workspace("index").with(input) { folder in
                let weights = try SafetensorsCollection(directory: folder)
                for name in weights.tensorNames { _ = try weights.floats(name) }
            }
        }),
    FuzzTarget(
        "model-folder", words: tensorWords + configurationWords, places: modelFiles + [Workspace("model").folder.lastPathComponent],
        corpus: {
            try [true, false].map { tied in
                let model = try ToyModel.make(tiesHead: tied)
                return try filesWritten(modelFiles) { try model.save(to: $0, format: tied ? .bfloat16 : .float32) }
            }
        },
        run: { input in
            try await Workspace("model").with(input) { folder in
                let model = try ModelDirectory(folder)
                _ = model.tokenizer.encode("héllo 12", allowSpecial: true)
                try require(model.transformer.parameters.count * 2 <= input["model.safetensors"].count, "more was read than there is")
            }
        }),
]

let modelFiles = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]

private let tensorWords = [
    "F32", "BF16", "F16", "F64", "I8", "__metadata__", "dtype", "shape", "data_offsets", "weight_map", "format", "pt", "[0,0]", "[8,24]",
    "[24,8]",
]
