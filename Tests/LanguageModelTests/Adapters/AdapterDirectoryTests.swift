import Foundation
import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Adapter directories")
struct AdapterDirectoryTests {
    private static let transformer = ToyTransformer.make()

    /// A saved adapter of the toy, whose configuration is changed as text, and what reading it gives.
    private func reading(_ changes: (old: String, new: String)..., configuration: AdapterConfiguration = ToyAdapter.configurations[0])
        throws -> Result<LowRankAdapter, AdapterError>
    {
        let folder = try TemporaryFolder()
        try ToyAdapter.make(Self.transformer, configuration).save(to: folder.url, baseModel: nil)
        let file = folder.file("adapter_config.json")
        var text = try String(contentsOf: file, encoding: .utf8)
        for change in changes {
            try #require(text.contains(change.old), "\(change.old)")
            text = text.replacingOccurrences(of: change.old, with: change.new)
        }
        try text.write(to: file, atomically: true, encoding: .utf8)
        do throws(AdapterError) {
            return .success(try LowRankAdapter(directory: folder.url, of: Self.transformer))
        } catch {
            return .failure(error)
        }
    }

    @Test("what is saved is read back bit for bit", arguments: ToyAdapter.configurations)
    func roundTrip(configuration: AdapterConfiguration) throws {
        let adapter = ToyAdapter.make(Self.transformer, configuration)
        let read = try reading(configuration: configuration).get()
        #expect(read.configuration == configuration)
        #expect(read.parameters.storage.floats.isIdentical(to: adapter.parameters.storage.floats))
    }

    @Test(
        "a field that changes what an adapter computes is refused by name",
        arguments: [
            ("\"bias\": \"none\"", "\"bias\": \"all\"", "bias"),
            ("\"use_dora\": false", "\"use_dora\": true", "use_dora"),
            ("\"modules_to_save\": null", "\"modules_to_save\": [\"lm_head\"]", "modules_to_save"),
            ("\"rank_pattern\": {}", "\"rank_pattern\": {\"q_proj\": 2}", "rank_pattern"),
            ("\"alpha_pattern\": {}", "\"alpha_pattern\": {\"q_proj\": 2}", "alpha_pattern"),
            ("\"layers_to_transform\": null", "\"layers_to_transform\": [0]", "layers_to_transform"),
            ("\"peft_type\": \"LORA\"", "\"peft_type\": \"IA3\"", "peft_type"),
            ("\"task_type\": \"CAUSAL_LM\"", "\"task_type\": \"SEQ_CLS\"", "task_type"),
            ("\"fan_in_fan_out\": false", "\"fan_in_fan_out\": true", "fan_in_fan_out"),
            ("\"init_lora_weights\": true", "\"init_lora_weights\": \"pissa\"", "init_lora_weights"),
            ("\"use_dora\": false", "\"a_later_invention\": {\"x\": 1}", "a_later_invention"),
            ("\"k_proj\"", "\"lm_head\"", "target_modules"),
            ("\"k_proj\"", "\"model.layers.0.self_attn.k_proj\"", "target_modules"),
        ])
    func refused(old: String, new: String, field: String) throws {
        guard case .failure(.unsupported(_, let named, _, let remedy)) = try reading((old, new)) else {
            Issue.record("\(new) was read")
            return
        }
        #expect(named == field && !remedy.isEmpty)
    }

    @Test(
        "a field that makes no sense is refused by name",
        arguments: [
            ("\"r\": 3", "\"r\": 0", "r"), ("\"r\": 3", "\"r\": 1e9", "r"), ("\"r\": 3", "\"r\": \"3\"", "r"),
            ("\"lora_alpha\": 4", "\"lora_alpha\": -1", "lora_alpha"), ("\"lora_alpha\": 4", "\"lora_alpha\": null", "lora_alpha"),
            ("\"use_rslora\": false", "\"use_rslora\": 1", "use_rslora"), ("\"peft_type\": \"LORA\"", "\"peft_type\": 1", "peft_type"),
            ("\"k_proj\"", "3", "target_modules"),
        ])
    func malformed(old: String, new: String, field: String) throws {
        guard case .failure(.malformed(_, let named, _)) = try reading((old, new)) else {
            Issue.record("\(new) was read")
            return
        }
        #expect(named == field)
    }

    @Test("a rank that is not that of the factors is refused before anything is allocated", arguments: [2, 60_000])
    func shapes(rank: Int) throws {
        guard case .failure(.weights(.malformedTensor(_, let tensor, let reason))) = try reading(("\"r\": 3", "\"r\": \(rank)")) else {
            Issue.record("read with rank \(rank)")
            return
        }
        #expect(tensor.contains("lora_A") && reason.contains("[3, 20]") && reason.contains("\(rank)"))
    }

    @Test("targets may be whole paths of all blocks, ends of paths, or the word for all; dropout and PEFT's own notes are let through")
    func forms() throws {
        let paths = (0..<2).map { "\"model.layers.\($0).self_attn.k_proj\"" }.joined(separator: ", ")
        #expect(try reading(("\"k_proj\"", paths)).get().configuration == ToyAdapter.configurations[0])
        #expect(try reading(("\"k_proj\"", "\"self_attn.k_proj\"")).get().configuration == ToyAdapter.configurations[0])
        let lenient = try reading(
            ("\"lora_dropout\": 0.0", "\"lora_dropout\": 0.1, \"peft_version\": \"9\", \"another\": null, \"megatron_core\": \"m\""))
        #expect(try lenient.get().configuration == ToyAdapter.configurations[0])
    }

    @Test("missing folders and files, and factors that nobody asked for, are named")
    func files() throws {
        #expect(throws: AdapterError.notADirectory("/nowhere")) {
            try LowRankAdapter(directory: URL(fileURLWithPath: "/nowhere"), of: Self.transformer)
        }
        for file in ["adapter_config.json", "adapter_model.safetensors"] {
            for isMissing in [true, false] {
                let folder = try TemporaryFolder()
                try ToyAdapter.make(Self.transformer).save(to: folder.url, baseModel: "base")
                if isMissing {
                    try FileManager.default.removeItem(at: folder.file(file))
                } else {
                    try Data(contentsOf: folder.file(file)).prefix(40).write(to: folder.file(file))
                }
                let error = try #require(throws: AdapterError.self) {
                    try LowRankAdapter(directory: folder.url, of: Self.transformer)
                }
                #expect(error.description.contains(file) && !error.description.contains("\n"))
            }
        }
        let stranger = try TemporaryFolder(), adapter = ToyAdapter.make(Self.transformer)
        try adapter.save(to: stranger.url, baseModel: "base")
        try SafetensorsWriter.write(
            tensors: adapter.namedArrays + [(name: "base_model.model.lm_head.weight", shape: [1], floats: [0])],
            to: stranger.file("adapter_model.safetensors"))
        let error = try #require(throws: AdapterError.self) { try LowRankAdapter(directory: stranger.url, of: Self.transformer) }
        #expect(error.description.contains("lm_head"))
    }

    @Test(
        "factors that are infinite or NaN are refused, with the name of their array, and change nothing", arguments: [Float.nan, .infinity])
    func notFinite(value: Float) throws {
        let folder = try TemporaryFolder(), adapter = ToyAdapter.make(Self.transformer)
        try adapter.save(to: folder.url, baseModel: "base")
        var arrays = adapter.namedArrays
        // The last one, so that those before it would have been taken over.
        arrays[arrays.count - 1].floats[0] = value
        try SafetensorsWriter.write(tensors: arrays, to: folder.file("adapter_model.safetensors"))
        let error = try #require(throws: AdapterError.self) { try LowRankAdapter(directory: folder.url, of: Self.transformer) }
        #expect(error.description.contains(arrays[arrays.count - 1].name) && error.description.contains("infinite or NaN"))
        let before = adapter.parameters.storage.floats
        let weights = try SafetensorsFile(
            data: SafetensorsWriter.data(tensors: arrays.map { ($0.name, $0.shape, $0.floats.map { $0 * 2 }) }))
        #expect(throws: SafetensorsError.self) { try adapter.load(weights) }
        #expect(adapter.parameters.storage.floats.isIdentical(to: before))
    }

    @Test("the head that PEFT saves beside an adapter of it must be the model's")
    func headCopy() throws {
        let transformer = ToyTransformer.make(tiesHead: false), adapter = ToyAdapter.make(transformer, ToyAdapter.withHead)
        let head = try #require(transformer.namedArrays.first { $0.name == "lm_head.weight" })
        for change in [0, 1] as [Float] {
            let folder = try TemporaryFolder()
            try adapter.save(to: folder.url, baseModel: nil)
            let copy = (name: "base_model.model.lm_head.base_layer.weight", shape: head.shape, floats: head.floats.map { $0 + change })
            try SafetensorsWriter.write(tensors: adapter.namedArrays + [copy], to: folder.file("adapter_model.safetensors"))
            if change == 0 {
                let read = try LowRankAdapter(directory: folder.url, of: transformer)
                #expect(read.parameters.storage.floats.isIdentical(to: adapter.parameters.storage.floats))
            } else {
                #expect(throws: AdapterError.self) { try LowRankAdapter(directory: folder.url, of: transformer) }
            }
        }
    }
}
