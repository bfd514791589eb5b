import Foundation
import Testing

@testable import LanguageModel

@Suite("SafetensorsFile refuses damaged files")
struct SafetensorsMalformedTests {
    private func failure(_ data: Data) -> SafetensorsError? {
        #expect(throws: SafetensorsError.self) { _ = try SafetensorsFile(data: data, name: "w") }
    }

    private func entry(_ dtype: String = "F32", _ shape: String = "[2]", _ offsets: String = "[0,8]") -> String {
        #"{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    @Test("a file cut short at any byte is refused")
    func truncated() {
        let whole = SafetensorsWriter.data(tensors: [("a", [2], [1, 2]), ("b", [3], [3, 4, 5])], metadata: ["k": "v"])
        for length in 0..<whole.count {
            #expect(throws: SafetensorsError.self) { _ = try SafetensorsFile(data: whole.prefix(length), name: "w") }
        }
        #expect(failure(whole.prefix(7)) == .truncated(file: "w", bytes: 7, needed: 8))
        #expect(failure(Data()) == .truncated(file: "w", bytes: 0, needed: 8))
    }

    @Test("bytes after the last tensor are refused")
    func leftOver() {
        let data = SafetensorsWriter.data(tensors: [("a", [1], [1])]) + Data([0])
        #expect(failure(data) == .brokenLayout(file: "w", reason: "the header describes 4 bytes of data, but the file has 5"))
    }

    @Test("a header length that lies is refused before anything is allocated")
    func lyingLength() {
        var data = SafetensorsWriter.data(tensors: [("a", [1], [1])])
        data.replaceSubrange(0..<8, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(failure(data) == .headerTooLong(file: "w", declared: .max, limit: 100_000_000))
        data.replaceSubrange(0..<8, with: [0, 0, 0, 1, 0, 0, 0, 0])
        #expect(failure(data) == .truncated(file: "w", bytes: data.count, needed: 0x100_0008))
        data.replaceSubrange(0..<8, with: [9, 0, 0, 0, 0, 0, 0, 0])
        guard case .malformedHeader = failure(data) else { return #expect(Bool(false), "a header cut short is not valid JSON") }
    }

    @Test(
        "a header that is not the expected object is refused",
        arguments: [
            "", " {}", "[]", "null", "{", "{}x", #"{"__metadata__":1}"#, #"{"__metadata__":{"a":1}}"#,
            #"{"__metadata__":{},"__metadata__":{}}"#,
        ])
    func malformedHeader(header: String) {
        guard case .malformedHeader(file: "w", _) = failure(safetensors(header: header)) else {
            return #expect(Bool(false), "\(header) must be a malformed header")
        }
    }

    @Test("a tensor name that stands twice is refused")
    func duplicateName() {
        let data = safetensors(header: #"{"a":\#(entry()),"a":\#(entry())}"#, body: Array(repeating: 0, count: 8))
        #expect(failure(data)?.description.contains("the name “a” appears twice") == true)
    }

    @Test("types that the engine does not read are refused by name", arguments: ["F64", "I64", "F8_E4M3", "f32", ""])
    func unsupportedType(dtype: String) {
        let data = safetensors(header: #"{"a":\#(entry(dtype))}"#, body: Array(repeating: 0, count: 8))
        #expect(failure(data) == .unsupportedType(file: "w", tensor: "a", found: dtype))
        #expect(failure(data)?.description.contains("supported: F32, BF16, F16") == true)
    }

    @Test(
        "an entry that contradicts itself is refused",
        arguments: [
            "1", "{}", #"{"dtype":"F32","shape":[2]}"#, #"{"dtype":"F32","data_offsets":[0,8]}"#, #"{"shape":[2],"data_offsets":[0,8]}"#,
            #"{"dtype":"F32","shape":[2],"data_offsets":[0,8],"extra":1}"#, #"{"dtype":7,"shape":[2],"data_offsets":[0,8]}"#,
            #"{"dtype":"F32","shape":2,"data_offsets":[0,8]}"#, #"{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}"#,
            #"{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}"#, #"{"dtype":"F32","shape":[2],"data_offsets":[8,0]}"#,
            #"{"dtype":"F32","shape":[2],"data_offsets":[0]}"#, #"{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}"#,
            #"{"dtype":"F32","shape":[3],"data_offsets":[0,8]}"#, #"{"dtype":"F16","shape":[2],"data_offsets":[0,8]}"#,
            #"{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}"#,
            #"{"dtype":"F32","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}"#,
            #"{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}"#,
        ])
    func malformedTensor(entry: String) {
        let data = safetensors(header: #"{"a":\#(entry)}"#, body: Array(repeating: 0, count: 8))
        guard case .malformedTensor(file: "w", tensor: "a", _) = failure(data) else {
            return #expect(Bool(false), "\(entry) must be a malformed tensor")
        }
    }

    @Test(
        "holes, overlaps and tensors beyond the file are refused",
        arguments: [
            ("[0,8]", "[12,20]", 20), ("[4,12]", "[12,20]", 20), ("[0,8]", "[4,12]", 12), ("[0,8]", "[0,8]", 8), ("[0,8]", "[8,16]", 12),
            ("[0,8]", "[8,16]", 20), ("[9223372036854775799,9223372036854775807]", "[0,8]", 16),
        ])
    func brokenLayout(first: String, second: String, bytes: Int) {
        let header = #"{"a":\#(entry("F32", "[2]", first)),"b":\#(entry("F32", "[2]", second))}"#
        guard case .brokenLayout(file: "w", _) = failure(safetensors(header: header, body: Array(repeating: 0, count: bytes))) else {
            return #expect(Bool(false), "\(first) and \(second) in \(bytes) bytes must be a broken layout")
        }
    }

    @Test("random damage never crashes: the file loads or is refused", arguments: 0..<8)
    func fuzz(seed: UInt64) {
        var random = SplitMix(state: seed)
        let whole = SafetensorsWriter.data(
            tensors: [("model.a", [2, 2], [1, 2, 3, 4]), ("model.b", [3], [5, 6, 7]), ("c", [0], [])], metadata: ["format": "pt"])
        var loaded = 0
        var refused = 0
        for _ in 0..<1000 {
            var bytes = [UInt8](whole)
            for _ in 0...random.next(below: 3) {
                let index = random.next(below: 2) == 0 ? random.next(below: 8) : random.next(below: bytes.count)
                switch random.next(below: 4) {
                case 0: bytes[index] ^= 1 << UInt8(random.next(below: 8))
                case 1: bytes[index] = UInt8(random.next(below: 256))
                case 2: bytes.remove(at: index)
                default: bytes.insert(bytes[random.next(below: bytes.count)], at: index)
                }
            }
            do {
                let file = try SafetensorsFile(data: Data(bytes))
                for name in file.tensorNames { _ = try file.floats(name) }
                loaded += 1
            } catch {
                refused += 1
            }
        }
        #expect(loaded + refused == 1000 && loaded > 0 && refused > 0)
    }
}

/// SplitMix64: a small seeded generator, so that every failure can be repeated.
private struct SplitMix {
    var state: UInt64

    mutating func next(below count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(count))
    }
}
