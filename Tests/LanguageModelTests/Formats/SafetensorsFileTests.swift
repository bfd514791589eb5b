import Foundation
import Testing

@testable import LanguageModel

@Suite("SafetensorsFile and SafetensorsWriter")
struct SafetensorsFileTests {
    private let tensors: [(name: String, shape: [Int], floats: [Float])] = [
        ("model.b", [2, 3], [1, -2, 0.5, .infinity, -0.0, .leastNonzeroMagnitude]), ("model.a", [], [3.25]), ("é \"quoted\"", [0, 4], []),
    ]

    @Test("what is written in single precision is read back bit for bit")
    func exactRoundTrip() throws {
        let data = SafetensorsWriter.data(tensors: tensors, metadata: ["format": "pt", "note": "line\nbreak"])
        let file = try SafetensorsFile(data: data)
        #expect(file.tensorNames == tensors.map(\.name).sorted())
        #expect(file.metadata == ["format": "pt", "note": "line\nbreak"])
        for tensor in tensors {
            let info = try file.info(tensor.name)
            #expect(info.dtype == .float32 && info.shape == tensor.shape)
            #expect(try file.floats(tensor.name).map(\.bitPattern) == tensor.floats.map(\.bitPattern))
        }
    }

    @Test("bfloat16 is written rounded, and NaN stays NaN")
    func bfloat16() throws {
        let data = SafetensorsWriter.data(tensors: [("x", [4], [1.00390625, 1.01171875, -3e38, .nan])], dtype: .bfloat16)
        let file = try SafetensorsFile(data: data)
        let floats = try file.floats("x")
        #expect(try file.info("x").dtype == .bfloat16)
        #expect(floats.prefix(2) == [1, 1.015625])
        #expect(floats[2].isFinite && floats[3].isNaN)
    }

    @Test("the bytes are those that the reference library writes")
    func referenceBytes() {
        let data = SafetensorsWriter.data(tensors: [("b", [1], [1]), ("a", [2], [0, -1])], metadata: ["format": "pt"])
        let header =
            #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
            + #""b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#
        let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        var expected = Data([UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0])
        expected.append(contentsOf: padded.utf8)
        expected.append(contentsOf: [0, 0, 0, 0, 0, 0, 0x80, 0xBF, 0, 0, 0x80, 0x3F])
        #expect(data == expected)
    }

    @Test("the order of the tensors given does not change the file")
    func deterministic() {
        #expect(SafetensorsWriter.data(tensors: tensors) == SafetensorsWriter.data(tensors: tensors.reversed()))
    }

    @Test("halves are read")
    func halves() throws {
        let header = #"{"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]}}"#
        let file = try SafetensorsFile(data: safetensors(header: header, body: [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00]))
        #expect(try file.floats("h") == [1, -2, 0x1p-24])
    }

    @Test("a file on disk is replaced whole, and filled into the caller's memory")
    func disk() throws {
        let folder = try TemporaryFolder()
        let url = folder.file("w.safetensors")
        try SafetensorsWriter.write(tensors: [("old", [1], [1])], to: url)
        try SafetensorsWriter.write(tensors: tensors, to: url)
        let file = try SafetensorsFile(url)
        var floats = [Float](repeating: 0, count: 6)
        var span = floats.mutableSpan
        try file.read("model.b", into: &span)
        #expect(floats == tensors[0].floats)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["w.safetensors"])
    }

    @Test("written in pieces, a file has the same bytes", arguments: [SafetensorsWriter.Format.float32, .bfloat16])
    func pieces(format: SafetensorsWriter.Format) throws {
        let large = (name: "z.large", shape: [3, 500_001], floats: (0..<1_500_003).map { Float($0) * 0.37 })
        let folder = try TemporaryFolder(), url = folder.file("w.safetensors")
        try SafetensorsWriter.write(tensors: tensors + [large], dtype: format, metadata: ["format": "pt"], to: url)
        let whole = SafetensorsWriter.data(tensors: [large] + tensors, dtype: format, metadata: ["format": "pt"])
        #expect(try Data(contentsOf: url) == whole)
    }

    @Test("a file that is open stays what it was while another takes its place")
    func replacedWhileOpen() throws {
        let folder = try TemporaryFolder(), url = folder.file("w.safetensors")
        try SafetensorsWriter.write(tensors: [("a", [5000], [Float](repeating: 7, count: 5000))], to: url)
        let open = try SafetensorsFile(url)
        try SafetensorsWriter.write(tensors: [("a", [2], [1, 2])], to: url)
        #expect(try open.floats("a") == [Float](repeating: 7, count: 5000))
        #expect(try SafetensorsFile(url).floats("a") == [1, 2])
    }

    @Test("where writing fails, the old file stays and nothing else is left")
    func interruptedWriting() throws {
        struct Interruption: Error {}
        let folder = try TemporaryFolder(), url = folder.file("w")
        try Data([1, 2, 3]).write(to: url)
        #expect(throws: Interruption.self) {
            try AtomicWriting.write(to: url) { file in
                try file.write(contentsOf: Data([9]))
                throw Interruption()
            }
        }
        #expect(try Data(contentsOf: url) == Data([1, 2, 3]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["w"])
    }

    @Test("a missing tensor, file or folder is named")
    func missing() throws {
        let file = try SafetensorsFile(data: SafetensorsWriter.data(tensors: tensors), name: "w")
        #expect(throws: SafetensorsError.missingTensor(file: "w", tensor: "nope")) { try file.floats("nope") }
        #expect(throws: SafetensorsError.missingTensor(file: "w", tensor: "nope")) { _ = try file.info("nope") }
        let nowhere = URL(fileURLWithPath: "/nonexistent/folder/x.safetensors")
        let unreadable = #expect(throws: SafetensorsError.self) { _ = try SafetensorsFile(nowhere) }
        #expect(unreadable?.description.contains("/nonexistent/folder/x.safetensors cannot be read") == true)
        let unwritable = #expect(throws: SafetensorsError.self) { try SafetensorsWriter.write(tensors: tensors, to: nowhere) }
        #expect(unwritable?.description.contains("cannot be written") == true)
    }
}

/// A file with this header, its true length in front, and this body.
func safetensors(header: String, body: [UInt8] = []) -> Data {
    let length = UInt64(header.utf8.count)
    return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }) + Data(header.utf8) + Data(body)
}
