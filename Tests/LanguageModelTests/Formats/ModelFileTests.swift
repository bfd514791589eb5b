import Foundation
import Testing

@testable import LanguageModel

@Suite("Files of a model's folder")
struct ModelFileTests {
    private func folder(_ path: String, in root: TemporaryFolder) throws -> URL {
        let url = root.file(path)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    private func link(_ link: URL, to destination: String) throws {
        try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: destination)
    }

    private static let weights = SafetensorsWriter.data(tensors: [("a", [2], [1, 2])])

    @Test("links within the folder are followed, links out of it are refused by name", arguments: ["../outside", "/etc/hostname", ".."])
    func links(destination: String) throws {
        let root = try TemporaryFolder()
        let model = try folder("model", in: root)
        try Self.weights.write(to: root.file("outside"))
        try Self.weights.write(to: model.appendingPathComponent("within"))
        let file = model.appendingPathComponent("model.safetensors")
        try link(file, to: "within")
        #expect(try SafetensorsCollection(directory: model).floats("a") == [1, 2])
        try FileManager.default.removeItem(at: file)
        try link(file, to: destination)
        let error = #expect(throws: SafetensorsError.self) { _ = try SafetensorsCollection(directory: model) }
        #expect(error?.description.contains(file.path) == true)
    }

    @Test("every reader of a model's files refuses a link out of the folder")
    func readers() throws {
        let root = try TemporaryFolder()
        let model = try folder("model", in: root)
        for name in ["config.json", "tokenizer.json", "tokenizer_config.json", SafetensorsCollection.indexName, "chat_template.jinja"] {
            try Data("{}".utf8).write(to: root.file(name))
            try link(model.appendingPathComponent(name), to: "../" + name)
        }
        func refused(_ name: String, _ read: () throws -> Void) {
            let error = #expect(throws: (any Error).self) { try read() }
            #expect(error.map { "\($0)" }?.contains("out of the model's folder") == true, "\(name): \(String(describing: error))")
        }
        refused("config") { _ = try ModelConfiguration.load(from: model.appendingPathComponent("config.json")) }
        refused("tokenizer") { _ = try BPETokenizer(tokenizerJSON: model.appendingPathComponent("tokenizer.json")) }
        refused("template") { _ = try ChatTemplate.load(from: model) }
        refused("index") { _ = try SafetensorsCollection(directory: model) }
    }

    @Test("a folder of Hugging Face's cache is read, whose files are links to blobs")
    func cache() throws {
        let root = try TemporaryFolder()
        let blobs = try folder("models--a--b/blobs", in: root), snapshot = try folder("models--a--b/snapshots/0f", in: root)
        try Self.weights.write(to: blobs.appendingPathComponent("abc"))
        try link(snapshot.appendingPathComponent("model.safetensors"), to: "../../blobs/abc")
        #expect(try SafetensorsCollection(directory: snapshot).floats("a") == [1, 2])
        // The whole folder may be reached by a link: what counts is where it really is.
        try link(root.file("short"), to: "models--a--b/snapshots/0f")
        #expect(try SafetensorsCollection(directory: root.file("short")).floats("a") == [1, 2])
    }

    @Test("what is no file, or too large to be read whole, is refused before it is read")
    func kindsAndSizes() throws {
        let root = try TemporaryFolder()
        let model = try folder("model", in: root), file = model.appendingPathComponent("config.json")
        _ = try folder("model/config.json", in: root)
        #expect(throws: ModelFileFault(reason: "it is not a regular file")) { _ = try ModelFile.text(at: file) }
        try FileManager.default.removeItem(at: file)
        #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
        let handle = try FileHandle(forWritingTo: file)
        // A hole: it takes no room on the disk, and would take all the more in memory.
        try handle.truncate(atOffset: UInt64(ModelFile.mostTextBytes) + 1)
        try handle.close()
        #expect(try ModelFile.head(of: file, most: 3) == Data(count: 3), "of its head no more is read than is asked for")
        let fault = #expect(throws: ModelFileFault.self) { _ = try ModelFile.text(at: file) }
        #expect(fault?.reason.contains("\(ModelFile.mostTextBytes)") == true)
    }

    @Test(
        "an index names files of its own folder alone",
        arguments: ["../one", "/etc/hostname", "a/b", ".", "..", "", "a\u{0}", "a\u{1B}", String(repeating: "a", count: 256)])
    func indexNames(name: String) throws {
        let root = try TemporaryFolder()
        let index = JSONValue.object([.init("weight_map", .object([.init("a", .string(name))]))])
        try Data(index.text(pretty: false)).write(to: root.file(SafetensorsCollection.indexName))
        let error = #expect(throws: SafetensorsError.self) { _ = try SafetensorsCollection(directory: root.url) }
        #expect(error?.description.contains("must name a file in the same folder") == true)
    }
}
