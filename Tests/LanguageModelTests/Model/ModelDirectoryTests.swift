import Foundation
import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Model directories")
struct ModelDirectoryTests {
    private func model(tiesHead: Bool = true) throws -> ModelDirectory {
        let tokenizer = try BPETrainer(vocabularySize: 257, specialTokens: ["<|endoftext|>"]).train(on: [])
        let configuration = try ModelConfiguration(
            vocabularySize: 264, hiddenSize: 16, intermediateSize: 24, layers: 2, attentionHeads: 2, keyValueHeads: 1, headDimension: 8,
            maxPositions: 32, tiesWordEmbeddings: tiesHead, eosTokenIDs: [0], padTokenID: 0)
        let transformer = Transformer(Architecture(configuration))
        transformer.initialize(SeedTree(root: 1))
        return ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [0], padTokenID: 0), tokenizer: tokenizer,
            transformer: transformer)
    }

    private func withSaved(_ model: ModelDirectory, _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("model-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try model.save(to: folder)
        try body(folder)
    }

    @Test("what is saved is read back bit for bit, with tied and untied heads", arguments: [true, false])
    func roundTrip(tiesHead: Bool) throws {
        let model = try model(tiesHead: tiesHead)
        try withSaved(model) { folder in
            let read = try ModelDirectory(folder)
            #expect(read.transformer.parameters.storage.floats == model.transformer.parameters.storage.floats)
            #expect(read.configuration == model.configuration)
            #expect(read.endOfTextTokens == [0])
            #expect(read.tokenizer.encode("héllo 12") == model.tokenizer.encode("héllo 12"))
        }
    }

    @Test("the configuration names the number format that was written", arguments: [SafetensorsWriter.Format.float32, .bfloat16])
    func writtenFormat(format: SafetensorsWriter.Format) throws {
        try withSaved(try model()) { folder in
            try model().save(to: folder, format: format)
            #expect(try ModelConfiguration.load(from: folder.appendingPathComponent("config.json")).dtype == format.dtype)
            #expect(try SafetensorsCollection(directory: folder).info("model.norm.weight").dtype == format.dtype)
        }
    }

    @Test("rotary frequencies in an old checkpoint, which follow from its configuration, are passed over")
    func oldFrequencies() throws {
        let model = try model()
        try withSaved(model) { folder in
            let arrays =
                model.transformer.namedArrays + [
                    (name: "model.layers.0.self_attn.rotary_emb.inv_freq", shape: [4], floats: [Float](repeating: 0, count: 4))
                ]
            try SafetensorsWriter.write(tensors: arrays, to: folder.appendingPathComponent("model.safetensors"))
            #expect(try ModelDirectory(folder).transformer.parameters.storage.floats == model.transformer.parameters.storage.floats)
        }
    }

    @Test("weights that are infinite or NaN are refused, with the name of their array", arguments: [Float.nan, .infinity])
    func notFinite(value: Float) throws {
        let model = try model()
        try withSaved(model) { folder in
            var arrays = model.transformer.namedArrays
            arrays[1].floats[0] = value
            try SafetensorsWriter.write(tensors: arrays, to: folder.appendingPathComponent("model.safetensors"))
            let error = #expect(throws: ModelDirectoryError.self) { try ModelDirectory(folder) }
            #expect(error.map { "\($0)".contains(arrays[1].name) && "\($0)".contains("NaN") } ?? false)
        }
    }

    @Test("the chat template goes along, with the mark that it begins texts with")
    func chatTemplate() throws {
        let plain = try model()
        let template = ChatTemplate(text: "{{ bos_token }}{# é #}\n", file: "elsewhere", beginningOfText: "<|endoftext|>")
        let model = ModelDirectory(
            configuration: plain.configuration, generation: plain.generation, tokenizer: plain.tokenizer, transformer: plain.transformer,
            chatTemplate: template)
        try withSaved(model) { folder in
            let read = try #require(try ModelDirectory(folder).chatTemplate)
            #expect(read.text == template.text && read.beginningOfText == "<|endoftext|>")
            #expect(read.file == folder.appendingPathComponent("chat_template.jinja").path)
        }
        try withSaved(plain) { folder in
            let read = try ModelDirectory(folder)
            #expect(read.chatTemplate == nil)
        }
    }

    @Test("a directory that is not there is named")
    func missing() {
        #expect(throws: ModelDirectoryError.notADirectory("/nowhere/model")) { try ModelDirectory(URL(fileURLWithPath: "/nowhere/model")) }
    }

    @Test(
        "files that are not there are named with the directory, and with what a model needs",
        arguments: [
            ["config.json"], ["tokenizer.json"], ["model.safetensors"], ["config.json", "tokenizer.json", "model.safetensors"],
        ])
    func incomplete(files: [String]) throws {
        try withSaved(try model()) { folder in
            for file in files { try FileManager.default.removeItem(at: folder.appendingPathComponent(file)) }
            let error = try #require(throws: ModelDirectoryError.self) { try ModelDirectory(folder) }
            #expect(error == .incomplete(folder.path, missing: files))
            #expect(error.description.hasPrefix("\(folder.path) has no \(files.joined(separator: " and no ")); a model directory holds "))
            #expect(error.description.contains("config.json, tokenizer.json and model.safetensors (or its shards with "))
        }
    }

    @Test("an adapter is told from a model that lacks files, with its base and what to do", arguments: ["org/base", nil])
    func adapter(base: String?) throws {
        let folder = try TemporaryFolder()
        try ToyAdapter.make(ToyTransformer.make(), ToyAdapter.configurations[0]).save(to: folder.url, baseModel: base)
        let error = try #require(throws: ModelDirectoryError.self) { try ModelDirectory(folder.url) }
        #expect(error == .adapter(folder.url.path, base: base ?? ""))
        #expect(error.description.contains("is an adapter" + (base.map { " of '\($0)', not a model" } ?? ", not a model")))
        #expect(error.description.contains("merge it into its base"))
    }

    @Test("the base of an adapter is not looked for outside of its folder")
    func linkedAdapter() throws {
        let (folder, outside) = (try TemporaryFolder(), try TemporaryFolder())
        let file = outside.url.appendingPathComponent("other.json")
        try Data(#"{"base_model_name_or_path": "secret"}"#.utf8).write(to: file)
        try FileManager.default.createSymbolicLink(at: folder.url.appendingPathComponent("adapter_config.json"), withDestinationURL: file)
        #expect(throws: ModelDirectoryError.adapter(folder.url.path, base: "")) { try ModelDirectory(folder.url) }
    }

    @Test("a shard that is not there is named, without the system's words for it")
    func missingShard() throws {
        try withSaved(try model()) { folder in
            try FileManager.default.removeItem(at: folder.appendingPathComponent("model.safetensors"))
            let index = #"{"weight_map": {"model.norm.weight": "model-00001-of-00002.safetensors"}}"#
            try Data(index.utf8).write(to: folder.appendingPathComponent("model.safetensors.index.json"))
            let error = try #require(throws: ModelDirectoryError.self) { try ModelDirectory(folder) }
            #expect(error.description.contains("model-00001-of-00002.safetensors cannot be read (there is no such file)"), "\(error)")
        }
    }

    @Test(
        "each missing or damaged file is named",
        arguments: ["config.json", "tokenizer.json", "model.safetensors"], [true, false])
    func damaged(file: String, isMissing: Bool) throws {
        try withSaved(try model()) { folder in
            let url = folder.appendingPathComponent(file)
            if isMissing {
                try FileManager.default.removeItem(at: url)
            } else {
                try Data(contentsOf: url).prefix(40).write(to: url)
            }
            let error = try #require(throws: ModelDirectoryError.self) { try ModelDirectory(folder) }
            #expect(error.description.contains(file))
            #expect(!error.description.contains("\n"))
        }
    }

    @Test("weights of other shapes are refused with both shapes")
    func mismatchedShapes() throws {
        try withSaved(try model()) { folder in
            let url = folder.appendingPathComponent("config.json")
            let text = try String(contentsOf: url, encoding: .utf8)
            try text.replacingOccurrences(of: "\"intermediate_size\" : 24", with: "\"intermediate_size\" : 32").write(
                to: url, atomically: true, encoding: .utf8)
            let error = try #require(throws: ModelDirectoryError.self) { try ModelDirectory(folder) }
            #expect(error.description.contains("[24, 16]") && error.description.contains("[32, 16]"), "\(error)")
        }
    }

    @Test("weights that the configuration does not describe are refused by name")
    func strangeWeights() throws {
        let model = try model()
        try withSaved(model) { folder in
            let arrays =
                model.transformer.namedArrays + [
                    (name: "model.layers.0.self_attn.q_proj.bias", shape: [16], floats: [Float](repeating: 0, count: 16))
                ]
            try SafetensorsWriter.write(tensors: arrays, to: folder.appendingPathComponent("model.safetensors"))
            let error = try #require(throws: ModelDirectoryError.self) { try ModelDirectory(folder) }
            #expect(error.description.contains("q_proj.bias"))
        }
    }

    @Test("a tokenizer with more tokens than the model is refused")
    func largeTokenizer() throws {
        try withSaved(try model()) { folder in
            let large = try BPETrainer(vocabularySize: 300, specialTokens: ["<|endoftext|>"]).train(
                on: ["the quick brown fox jumps over the lazy dog", "the then there them these those"].map {
                    String(repeating: $0 + " ", count: 9)
                })
            try #require(large.vocabularySize > 264)
            try large.save(to: folder, endOfText: "<|endoftext|>", padding: "<|endoftext|>")
            #expect(throws: ModelDirectoryError.self) { try ModelDirectory(folder) }
        }
    }
}
