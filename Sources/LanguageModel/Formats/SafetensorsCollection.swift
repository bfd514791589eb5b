public import Foundation
import Texts

/// The weights of a checkpoint folder, in one file or in shards, read through one set of names.
public struct SafetensorsCollection: Sendable {
    /// The name of the index file of a sharded checkpoint.
    public static let indexName = "model.safetensors.index.json"
    /// The name of the only file of a checkpoint that is not sharded.
    public static let fileName = "model.safetensors"

    private let name: String
    private let shards: [SafetensorsFile]
    private let shardOfTensor: [String: Int]

    /// Opens every shard that the index of `directory` names, or its single file where there is no index.
    /// - Throws: `SafetensorsError`; also where index and shards disagree about which tensor is where.
    public init(directory: URL) throws(SafetensorsError) {
        let indexURL = directory.appendingPathComponent(Self.indexName)
        guard FileManager.default.fileExists(atPath: indexURL.path) else {
            self.init(try SafetensorsFile(directory.appendingPathComponent(Self.fileName)))
            return
        }
        try self.init(index: indexURL)
    }

    /// Presents one file as a collection.
    public init(_ file: SafetensorsFile) {
        name = file.name
        shards = [file]
        shardOfTensor = Dictionary(file.tensorNames.map { ($0, 0) }) { first, _ in first }
    }

    private init(index url: URL) throws(SafetensorsError) {
        func bad(_ reason: String) -> SafetensorsError { .malformedIndex(file: url.path, reason: reason) }
        let text: Data
        do { text = try ModelFile.text(at: url) } catch { throw .unreadable(file: url.path, reason: error.reason) }
        let document: JSONValue
        do { document = try JSONParser.parse([UInt8](text)) } catch { throw bad(error.description) }
        guard let map = document["weight_map"]?.members else { throw bad("weight_map is missing or not an object") }

        var shards: [SafetensorsFile] = []
        var numbers: [String: Int] = [:]
        var shardOfTensor: [String: Int] = [:]
        for member in map {
            guard let shard = member.value.string else {
                throw bad("weight_map.\(member.key) must be a file name, but is \(member.value.kind)")
            }
            guard Self.isFileName(shard) else {
                throw bad("weight_map.\(member.key) must name a file in the same folder, but is “\(shard)”")
            }
            if numbers[shard] == nil {
                numbers[shard] = shards.count
                shards.append(try SafetensorsFile(url.deletingLastPathComponent().appendingPathComponent(shard)))
            }
            shardOfTensor[member.key] = numbers[shard]
        }
        for (number, shard) in shards.enumerated() {
            if let stray = shard.tensorNames.first(where: { shardOfTensor[$0] != number }) {
                throw bad("“\(stray)” is in \(shard.name), but weight_map does not say so")
            }
        }
        for (tensor, number) in shardOfTensor.sorted(by: { $0.key < $1.key }) { _ = try shards[number].info(tensor) }
        self.name = url.path
        self.shards = shards
        self.shardOfTensor = shardOfTensor
    }

    /// Whether a name is that of a file in the same folder, of a length that a file's name can have, and can be shown in messages.
    private static func isFileName(_ name: String) -> Bool {
        guard 1...255 ~= name.utf8.count, name != ".", name != ".." else { return false }
        return !name.utf8.contains(UInt8(ascii: "/")) && !name.unicodeScalars.contains(where: \.isForTerminals)
    }

    /// The names of all tensors of all shards, sorted.
    public var tensorNames: [String] {
        shardOfTensor.keys.sorted()
    }

    /// The metadata of all shards; where two shards differ, the earlier one in the index counts.
    public var metadata: [String: String] {
        shards.reduce(into: [:]) { $0.merge($1.metadata) { first, _ in first } }
    }

    /// The number format and shape of a tensor; a scalar has shape `[]`.
    /// - Throws: `SafetensorsError.missingTensor`.
    public func info(_ tensor: String) throws(SafetensorsError) -> (dtype: SafetensorsDType, shape: [Int]) {
        try shard(of: tensor).info(tensor)
    }

    /// All numbers of a tensor, widened to `Float` exactly.
    /// - Throws: `SafetensorsError.missingTensor`.
    public func floats(_ tensor: String) throws(SafetensorsError) -> [Float] {
        try shard(of: tensor).floats(tensor)
    }

    /// Fills memory that the caller owns with the numbers of a tensor; the counts must be equal.
    /// - Throws: `SafetensorsError.missingTensor`.
    public func read(_ tensor: String, into floats: inout MutableSpan<Float>) throws(SafetensorsError) {
        try shard(of: tensor).read(tensor, into: &floats)
    }

    private func shard(of tensor: String) throws(SafetensorsError) -> SafetensorsFile {
        guard let number = shardOfTensor[tensor] else { throw .missingTensor(file: name, tensor: tensor) }
        return shards[number]
    }
}
