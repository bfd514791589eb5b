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

    /// The file as bytes: header padded with spaces to a multiple of eight, tensors sorted by the bytes of their names.
    ///
    /// Names must differ, "__metadata__" is reserved, and each shape must hold exactly its numbers.
    public static func data(
        tensors: [(name: String, shape: [Int], floats: [Float])], dtype: Format = .float32, metadata: [String: String] = [:]
    ) -> Data {
        let sorted = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var members: [JSONValue.Member] = []
        if !metadata.isEmpty {
            let strings = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            members.append(JSONValue.Member("__metadata__", .object(strings.map { JSONValue.Member($0.key, .string($0.value)) })))
        }
        var end = 0
        let width = dtype == .float32 ? 4 : 2
        for (index, tensor) in sorted.enumerated() {
            precondition(tensor.name != "__metadata__", "a tensor cannot be called __metadata__")
            precondition(index == 0 || sorted[index - 1].name != tensor.name, "two tensors are called “\(tensor.name)”")
            precondition(
                tensor.shape.allSatisfy { $0 >= 0 } && tensor.shape.reduce(1, *) == tensor.floats.count,
                "“\(tensor.name)” has shape \(tensor.shape) but \(tensor.floats.count) numbers"
            )
            let start = end
            end += tensor.floats.count * width
            let entry = [
                JSONValue.Member("dtype", .string(dtype.rawValue)),
                JSONValue.Member("shape", .array(tensor.shape.map { .integer($0) })),
                JSONValue.Member("data_offsets", .array([.integer(start), .integer(end)])),
            ]
            members.append(JSONValue.Member(tensor.name, .object(entry)))
        }
        var header = JSONValue.object(members).text(pretty: false)
        header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
        precondition(header.count <= SafetensorsHeader.longest, "a header of \(header.count) bytes is over the limit of the format")

        var file = Data(capacity: 8 + header.count + end)
        let length = UInt64(header.count)
        file.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) })
        file.append(contentsOf: header)
        for tensor in sorted { TensorBytes.append(tensor.floats, as: dtype, to: &file) }
        return file
    }

    /// Writes the file so that a reader sees either the old file or the whole new one, also after a crash.
    /// - Throws: `SafetensorsError.unwritable`.
    public static func write(
        tensors: [(name: String, shape: [Int], floats: [Float])], dtype: Format = .float32, metadata: [String: String] = [:],
        to url: URL
    ) throws(SafetensorsError) {
        let file = data(tensors: tensors, dtype: dtype, metadata: metadata)
        do {
            // Foundation writes beside the target, calls fsync, and renames.
            try file.write(to: url, options: .atomic)
        } catch {
            throw .unwritable(file: url.path, reason: error.localizedDescription)
        }
    }
}
