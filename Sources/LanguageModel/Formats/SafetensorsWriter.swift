public import Foundation

/// Writes safetensors files, byte for byte as the reference library does: equal tensors give an equal file.
public enum SafetensorsWriter {
    /// The number formats that can be written.
    public enum Format: String, Hashable, Sendable, Codable {
        /// Exact.
        case float32 = "F32"
        /// Rounded to the nearest, ties to even; NaN stays NaN.
        case bfloat16 = "BF16"

        /// The format as a reader sees it.
        public var dtype: SafetensorsDType { self == .float32 ? .float32 : .bfloat16 }
    }

    /// One array of a file: its name and sizes.
    public typealias Entry = (name: String, shape: [Int])

    /// The file as bytes: header padded with spaces to a multiple of eight, tensors sorted by the bytes of their names.
    ///
    /// Names must differ, "__metadata__" is reserved, and each shape must hold exactly its numbers.
    public static func data(
        tensors: [(name: String, shape: [Int], floats: [Float])], dtype: Format = .float32, metadata: [String: String] = [:]
    ) -> Data {
        for tensor in tensors { checkCount(tensor) }
        let sorted = tensors.sorted { precedes($0.name, $1.name) }
        let (header, bytes) = header(sorted.map { ($0.name, $0.shape) }, dtype: dtype, metadata: metadata)
        var file = Data(capacity: header.count + bytes)
        file.append(header)
        for tensor in sorted { TensorBytes.append(tensor.floats, as: dtype, to: &file) }
        return file
    }

    /// Writes the file so that a reader sees either the old file or the whole new one, also after a crash.
    /// - Throws: `SafetensorsError.unwritable`.
    public static func write(
        tensors: [(name: String, shape: [Int], floats: [Float])], dtype: Format = .float32, metadata: [String: String] = [:],
        to url: URL
    ) throws(SafetensorsError) {
        for tensor in tensors { checkCount(tensor) }
        try write(tensors.map { ($0.name, $0.shape) }, dtype: dtype, metadata: metadata, to: url) { index, range in
            Array(tensors[index].floats[range])
        }
    }

    /// Writes the same file in pieces, for weights of which no second copy fits in memory.
    ///
    /// `floats` is asked for a range of the numbers of the tensor at an index of `tensors`, a million at most.
    /// - Throws: `SafetensorsError.unwritable`.
    public static func write(
        _ tensors: [Entry], dtype: Format = .float32, metadata: [String: String] = [:], to url: URL,
        floats: (_ index: Int, _ range: Range<Int>) -> [Float]
    ) throws(SafetensorsError) {
        let order = tensors.indices.sorted { precedes(tensors[$0].name, tensors[$1].name) }
        let header = header(order.map { tensors[$0] }, dtype: dtype, metadata: metadata).header
        do {
            try AtomicWriting.write(to: url) { file in
                try file.write(contentsOf: header)
                for index in order {
                    let count = tensors[index].shape.reduce(1, *), piece = 1 << 20
                    for start in stride(from: 0, to: count, by: piece) {
                        var bytes = Data()
                        TensorBytes.append(floats(index, start..<min(start + piece, count)), as: dtype, to: &bytes)
                        try file.write(contentsOf: bytes)
                    }
                }
            }
        } catch {
            throw .unwritable(file: url.path, reason: error.localizedDescription)
        }
    }

    /// Length and text of the header of sorted tensors, and how many bytes follow it.
    private static func header(_ sorted: [Entry], dtype: Format, metadata: [String: String]) -> (header: Data, bytes: Int) {
        var members: [JSONValue.Member] = []
        if !metadata.isEmpty {
            let strings = metadata.sorted { precedes($0.key, $1.key) }
            members.append(JSONValue.Member("__metadata__", .object(strings.map { JSONValue.Member($0.key, .string($0.value)) })))
        }
        var end = 0
        for (index, tensor) in sorted.enumerated() {
            precondition(tensor.name != "__metadata__", "a tensor cannot be called __metadata__")
            precondition(index == 0 || sorted[index - 1].name != tensor.name, "two tensors are called “\(tensor.name)”")
            let start = end
            end += tensor.shape.reduce(1, *) * dtype.dtype.bytes
            let entry = [
                JSONValue.Member("dtype", .string(dtype.rawValue)),
                JSONValue.Member("shape", .array(tensor.shape.map { .integer($0) })),
                JSONValue.Member("data_offsets", .array([.integer(start), .integer(end)])),
            ]
            members.append(JSONValue.Member(tensor.name, .object(entry)))
        }
        var text = JSONValue.object(members).text(pretty: false)
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
        precondition(text.count <= SafetensorsHeader.longest, "a header of \(text.count) bytes is over the limit of the format")
        let length = UInt64(text.count)
        return (Data((0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }) + Data(text), end)
    }

    private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

    private static func checkCount(_ tensor: (name: String, shape: [Int], floats: [Float])) {
        precondition(
            tensor.shape.allSatisfy { $0 >= 0 } && tensor.shape.reduce(1, *) == tensor.floats.count,
            "“\(tensor.name)” has shape \(tensor.shape) but \(tensor.floats.count) numbers")
    }
}
