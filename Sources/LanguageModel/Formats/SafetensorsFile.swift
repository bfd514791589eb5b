public import Foundation

/// One safetensors file, memory-mapped and checked in full before anything is read from it.
///
/// Opening reads only the header, whatever the size of the weights. A file must not be cut short by another process while it is
/// open: the operating system ends a program that touches mapped bytes which are gone.
public struct SafetensorsFile: Sendable {
    /// The path, or the name given to bytes in memory; appears in every error.
    public let name: String
    private let data: Data
    private let header: SafetensorsHeader

    /// Maps the file at `url` and checks its header against its size.
    /// - Throws: `SafetensorsError`; see its cases for everything that is checked.
    public init(_ url: URL) throws(SafetensorsError) {
        let data: Data
        do { data = try ModelFile.mapped(at: url) } catch { throw .unreadable(file: url.path, reason: error.reason) }
        try self.init(data: data, name: url.path)
    }

    /// Reads a file that is already in memory.
    /// - Throws: `SafetensorsError`, as for a file on disk.
    public init(data: Data, name: String = "safetensors data") throws(SafetensorsError) {
        self.header = try SafetensorsHeader(data, file: name)
        self.data = data
        self.name = name
    }

    /// The names of all tensors, sorted.
    public var tensorNames: [String] {
        header.entries.keys.sorted()
    }

    /// The strings that the writer of the file left in `__metadata__`; empty where there are none.
    public var metadata: [String: String] {
        header.metadata
    }

    /// The number format and shape of a tensor; a scalar has shape `[]`.
    /// - Throws: `SafetensorsError.missingTensor`.
    public func info(_ tensor: String) throws(SafetensorsError) -> (dtype: SafetensorsDType, shape: [Int]) {
        let entry = try entry(tensor)
        return (entry.dtype, entry.shape)
    }

    /// All numbers of a tensor, rows last-index-fastest, widened to `Float` exactly.
    /// - Throws: `SafetensorsError.missingTensor`.
    public func floats(_ tensor: String) throws(SafetensorsError) -> [Float] {
        var floats = [Float](repeating: 0, count: try entry(tensor).count)
        var span = floats.mutableSpan
        try read(tensor, into: &span)
        return floats
    }

    /// Fills memory that the caller owns with the numbers of a tensor; the counts must be equal.
    /// - Throws: `SafetensorsError.missingTensor`.
    public func read(_ tensor: String, into floats: inout MutableSpan<Float>) throws(SafetensorsError) {
        let entry = try entry(tensor)
        precondition(floats.count == entry.count, "“\(tensor)” has \(entry.count) numbers, the destination \(floats.count)")
        TensorBytes.decode(data, at: header.dataStart + entry.bytes.lowerBound, as: entry.dtype, into: &floats)
    }

    private func entry(_ tensor: String) throws(SafetensorsError) -> SafetensorsHeader.Entry {
        guard let entry = header.entries[tensor] else { throw .missingTensor(file: name, tensor: tensor) }
        return entry
    }
}
