import Foundation

/// The checked header of a safetensors file: nothing in it points outside the file, and no byte of data is unclaimed.
struct SafetensorsHeader: Sendable {
    /// One tensor: how its numbers are stored and where.
    struct Entry: Hashable, Sendable {
        let dtype: SafetensorsDType
        let shape: [Int]
        /// Counted from the start of the data part.
        let bytes: Range<Int>
        var count: Int { bytes.count / dtype.bytes }
    }

    /// The limit that the reference implementation sets, in bytes.
    static let longest = 100_000_000

    let entries: [String: Entry]
    let metadata: [String: String]
    /// Where the data part starts in the file.
    let dataStart: Int

    /// Reads the header of `data`, the whole file; `file` is its name in messages.
    init(_ data: Data, file: String) throws(SafetensorsError) {
        let size = data.count
        guard size >= 8 else { throw .truncated(file: file, bytes: size, needed: 8) }
        let declared = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard declared <= UInt64(Self.longest) else { throw .headerTooLong(file: file, declared: declared, limit: Self.longest) }
        let dataStart = 8 + Int(declared)
        guard dataStart <= size else { throw .truncated(file: file, bytes: size, needed: UInt64(dataStart)) }
        let text = [UInt8](data.dropFirst(8).prefix(Int(declared)))
        guard text.first == UInt8(ascii: "{") else { throw .malformedHeader(file: file, reason: "it does not start with {") }

        let document: JSONValue
        do { document = try JSONParser.parse(text) } catch { throw .malformedHeader(file: file, reason: error.description) }
        var entries: [String: Entry] = [:]
        var metadata: [String: String] = [:]
        for member in document.members ?? [] {
            if member.key == "__metadata__" {
                metadata = try Self.metadata(member.value, file: file)
            } else {
                entries[member.key] = try Self.entry(member.value, tensor: member.key, file: file)
            }
        }
        try Self.checkLayout(entries, dataBytes: size - dataStart, file: file)
        self.entries = entries
        self.metadata = metadata
        self.dataStart = dataStart
    }

    private static func metadata(_ value: JSONValue, file: String) throws(SafetensorsError) -> [String: String] {
        guard let members = value.members else {
            throw .malformedHeader(file: file, reason: "__metadata__ must be an object, but is \(value.kind)")
        }
        var metadata: [String: String] = [:]
        for member in members {
            guard let text = member.value.string else {
                throw .malformedHeader(file: file, reason: "__metadata__.\(member.key) must be a string, but is \(member.value.kind)")
            }
            metadata[member.key] = text
        }
        return metadata
    }

    private static func entry(_ value: JSONValue, tensor: String, file: String) throws(SafetensorsError) -> Entry {
        func bad(_ reason: String) -> SafetensorsError { .malformedTensor(file: file, tensor: tensor, reason: reason) }
        guard let members = value.members else { throw bad("its entry must be an object, but is \(value.kind)") }
        if let other = members.first(where: { !["dtype", "shape", "data_offsets"].contains($0.key) }) {
            throw bad("its entry has an unknown field “\(other.key)”")
        }
        guard let typeName = value["dtype"]?.string else { throw bad("its dtype is missing or not a string") }
        guard let dtype = SafetensorsDType(rawValue: typeName) else {
            throw .unsupportedType(file: file, tensor: tensor, found: typeName)
        }
        guard let shape = naturals(value["shape"]) else { throw bad("its shape is missing or not a list of sizes") }
        guard let offsets = naturals(value["data_offsets"]), offsets.count == 2 else {
            throw bad("its data_offsets are missing or not two byte positions")
        }
        guard offsets[0] <= offsets[1] else { throw bad("it ends at byte \(offsets[1]), before its start at byte \(offsets[0])") }
        guard let needed = byteCount(shape: shape, dtype: dtype) else {
            throw bad("its shape \(shape) has more elements than fit in memory")
        }
        guard needed == offsets[1] - offsets[0] else {
            throw bad("its shape \(shape) in \(typeName) needs \(needed) bytes, but its data_offsets span \(offsets[1] - offsets[0])")
        }
        return Entry(dtype: dtype, shape: shape, bytes: offsets[0]..<offsets[1])
    }

    private static func naturals(_ value: JSONValue?) -> [Int]? {
        guard let list = value?.array else { return nil }
        let numbers = list.compactMap(\.integer).filter { $0 >= 0 }
        return numbers.count == list.count ? numbers : nil
    }

    /// The size of a tensor in bytes; `nil` where it overflows, also where a later zero would hide the overflow.
    static func byteCount(shape: [Int], dtype: SafetensorsDType) -> Int? {
        var bytes = dtype.bytes
        for size in shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
            if overflow { return nil }
            bytes = product
        }
        return bytes
    }

    private static func checkLayout(_ entries: [String: Entry], dataBytes: Int, file: String) throws(SafetensorsError) {
        let inOrder = entries.sorted {
            ($0.value.bytes.lowerBound, $0.value.bytes.upperBound, $0.key) < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound, $1.key)
        }
        var end = 0
        for (name, entry) in inOrder {
            let start = entry.bytes.lowerBound
            if start > end { throw .brokenLayout(file: file, reason: "no tensor claims bytes \(end) to \(start), before “\(name)”") }
            if start < end { throw .brokenLayout(file: file, reason: "“\(name)” starts at byte \(start), inside the tensor before it") }
            end = entry.bytes.upperBound
        }
        guard end == dataBytes else {
            throw .brokenLayout(file: file, reason: "the header describes \(end) bytes of data, but the file has \(dataBytes)")
        }
    }
}
