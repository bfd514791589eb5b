public import Foundation
import Texts

/// A model in the Hugging Face directory layout, the only checkpoint format: `config.json`, `model.safetensors` (or shards with an
/// index), `tokenizer.json`, `generation_config.json`.
public struct ModelDirectory: Sendable {
    /// What `config.json` says.
    public let configuration: ModelConfiguration
    /// What `generation_config.json` says.
    public let generation: GenerationConfiguration
    /// What `tokenizer.json` says.
    public let tokenizer: BPETokenizer
    /// The weights.
    public let transformer: Transformer
    /// The chat template that the model brings along; nil where it has none.
    public let chatTemplate: ChatTemplate?

    /// A model made of its parts.
    public init(
        configuration: ModelConfiguration, generation: GenerationConfiguration, tokenizer: BPETokenizer, transformer: Transformer,
        chatTemplate: ChatTemplate? = nil
    ) {
        self.configuration = configuration
        self.generation = generation
        self.tokenizer = tokenizer
        self.transformer = transformer
        self.chatTemplate = chatTemplate
    }

    /// Reads a directory; nothing is allocated before the files' sizes have been held against each other.
    public init(_ directory: URL) throws(ModelDirectoryError) {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw .notADirectory(directory.path)
        }
        let missing = Self.missingFiles(of: directory)
        if missing.contains("config.json"), let adapter = PEFTConfiguration.base(in: directory) {
            throw .adapter(directory.path, base: adapter)
        }
        guard missing.isEmpty else { throw .incomplete(directory.path, missing: missing) }
        do {
            configuration = try ModelConfiguration.load(from: directory.appendingPathComponent("config.json"))
            let generationFile = directory.appendingPathComponent("generation_config.json")
            generation =
                FileManager.default.fileExists(atPath: generationFile.path)
                ? try GenerationConfiguration.load(from: generationFile)
                : GenerationConfiguration(eosTokenIDs: configuration.eosTokenIDs, padTokenID: configuration.padTokenID)
        } catch {
            throw .configuration(error)
        }
        do {
            tokenizer = try BPETokenizer(tokenizerJSON: directory.appendingPathComponent("tokenizer.json"))
        } catch {
            throw .tokenizer(error)
        }
        do { chatTemplate = try ChatTemplate.load(from: directory) } catch { throw .conversation(error) }
        guard tokenizer.vocabularySize <= configuration.vocabularySize else {
            throw .vocabularyMismatch(
                directory.path, tokenizer: tokenizer.vocabularySize, configuration: configuration.vocabularySize)
        }
        do {
            let weights = try SafetensorsCollection(directory: directory)
            transformer = try Transformer(Architecture(configuration), loading: weights, name: directory.path)
        } catch {
            throw .weights(error)
        }
    }

    /// The files that a model cannot do without, of those that the directory does not have.
    private static func missingFiles(of directory: URL) -> [String] {
        // Of a directory that cannot be listed nothing is known; reading its files says why.
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory.path) else { return [] }
        let isSharded = names.contains(SafetensorsCollection.indexName)
        let needed = ["config.json", "tokenizer.json"] + (isSharded ? [] : [SafetensorsCollection.fileName])
        return needed.filter { !names.contains($0) }
    }

    /// The tokens that end a text.
    public var endOfTextTokens: Set<Int32> {
        Set(generation.eosTokenIDs.isEmpty ? configuration.eosTokenIDs : generation.eosTokenIDs)
    }

    /// Writes all files, each atomically, the weights last.
    public func save(to directory: URL, format: SafetensorsWriter.Format = .float32) throws(ModelDirectoryError) {
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw .weights(.unwritable(file: directory.path, reason: error.localizedDescription))
        }
        do {
            // What is written is what a reader is told, else transformers would round fp32 weights to the format they once had.
            var configuration = configuration
            configuration.dtype = format.dtype
            try configuration.save(to: directory.appendingPathComponent("config.json"))
            try generation.save(to: directory.appendingPathComponent("generation_config.json"))
        } catch {
            throw .configuration(error)
        }
        let special = tokenizer.specialTokens
        // The first in the order of the file: with several, that is the one that ends a turn.
        let ends = generation.eosTokenIDs.isEmpty ? configuration.eosTokenIDs : generation.eosTokenIDs
        let end = ends.lazy.compactMap { id in special.first { $0.id == id } }.first ?? special.first
        let padding = special.first { $0.id == configuration.padTokenID } ?? end
        do {
            try tokenizer.save(
                to: directory, endOfText: end?.content, padding: padding?.content, beginningOfText: chatTemplate?.beginningOfText,
                modelMaxLength: configuration.maxPositions)
        } catch {
            throw .tokenizer(error)
        }
        do { try chatTemplate?.save(to: directory) } catch { throw .conversation(error) }
        do {
            try transformer.save(to: directory.appendingPathComponent(SafetensorsCollection.fileName), format: format)
        } catch {
            throw .weights(error)
        }
    }
}

/// Why a model directory cannot be read or written.
public enum ModelDirectoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such directory.
    case notADirectory(String)
    /// Files that every model has are not there.
    case incomplete(String, missing: [String])
    /// It holds an adapter of PEFT's; `base` is the model that it says it changes, empty where it names none.
    case adapter(String, base: String)
    /// `config.json` or `generation_config.json`.
    case configuration(ConfigurationError)
    /// `tokenizer.json`.
    case tokenizer(TokenizerError)
    /// The chat template.
    case conversation(ConversationError)
    /// The weights.
    case weights(SafetensorsError)
    /// The tokenizer has tokens that the model does not know.
    case vocabularyMismatch(String, tokenizer: Int, configuration: Int)

    /// One sentence for people: what, where, and what to do.
    public var description: String {
        switch self {
        case .notADirectory(let path): "\(path) is not a directory with a model; name one that holds \(Self.needs)."
        case .incomplete(let path, let missing):
            "\(path) has no \(missing.joined(separator: " and no ")); a model directory holds \(Self.needs)."
        case .adapter(let path, let base):
            "\(path) is an adapter\(base.isEmpty ? "" : " of '\(base.shown)'"), not a model; merge it into its base "
                + "(merge_and_unload in PEFT), and name the merged model."
        case .configuration(let error): error.description
        case .tokenizer(let error): error.description
        case .conversation(let error): error.description
        case .weights(let error): error.description
        case .vocabularyMismatch(let path, let tokenizer, let configuration):
            "\(path): tokenizer.json has \(tokenizer) tokens, but config.json says vocab_size \(configuration); the files belong to "
                + "different models."
        }
    }

    /// What makes a directory a model.
    private static let needs =
        "config.json, tokenizer.json and \(SafetensorsCollection.fileName) (or its shards with \(SafetensorsCollection.indexName))"
}
