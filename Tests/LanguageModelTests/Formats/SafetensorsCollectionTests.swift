import Foundation
import Testing

@testable import LanguageModel

@Suite("SafetensorsCollection")
struct SafetensorsCollectionTests {
    private func sharded(_ index: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try SafetensorsWriter.write(
            tensors: [("a", [1], [1]), ("b", [1], [2])], metadata: ["format": "pt"], to: folder.file("1.safetensors"))
        try SafetensorsWriter.write(tensors: [("c", [2], [3, 4])], to: folder.file("2.safetensors"))
        try Data(index.utf8).write(to: folder.file("model.safetensors.index.json"))
        return folder
    }

    @Test("shards are read as one")
    func shards() throws {
        let folder = try sharded(
            #"{"metadata":{"total_size":16},"weight_map":{"c":"2.safetensors","a":"1.safetensors","b":"1.safetensors"}}"#)
        let collection = try SafetensorsCollection(directory: folder.url)
        #expect(collection.tensorNames == ["a", "b", "c"])
        #expect(try collection.floats("b") == [2])
        #expect(try collection.info("c").shape == [2])
        #expect(collection.metadata == ["format": "pt"])
        var floats: [Float] = [0, 0]
        var span = floats.mutableSpan
        try collection.read("c", into: &span)
        #expect(floats == [3, 4])
        #expect(throws: SafetensorsError.self) { try collection.floats("d") }
    }

    @Test("a folder with one file needs no index")
    func single() throws {
        let folder = try TemporaryFolder()
        try SafetensorsWriter.write(tensors: [("a", [1], [1])], to: folder.file("model.safetensors"))
        #expect(try SafetensorsCollection(directory: folder.url).floats("a") == [1])
    }

    @Test(
        "an index that does not fit the shards is refused",
        arguments: [
            ("[]", "weight_map is missing"), (#"{"weight_map":{"a":1}}"#, "must be a file name"), (#"{"weight_map":"#, "line 1"),
            (#"{"weight_map":{"a":"../1.safetensors"}}"#, "same folder"), (#"{"weight_map":{"a":"/etc/passwd"}}"#, "same folder"),
            (#"{"weight_map":{"a":"1.safetensors"}}"#, "“b” is in"),
            (#"{"weight_map":{"a":"3.safetensors"}}"#, "3.safetensors cannot be read"),
            (#"{"weight_map":{"c":"2.safetensors","x":"2.safetensors"}}"#, "has no tensor “x”"),
            (#"{"weight_map":{"c":"2.safetensors","a":"1.safetensors","b":"2.safetensors"}}"#, "“b” is in"),
        ])
    func refused(index: String, message: String) throws {
        let folder = try sharded(index)
        let error = #expect(throws: SafetensorsError.self) { _ = try SafetensorsCollection(directory: folder.url) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
}
