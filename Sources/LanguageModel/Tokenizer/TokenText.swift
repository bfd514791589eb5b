/// The bytes of every token, end to end in one array.
struct TokenText: Sendable {
    private let bytes: [UInt8]
    private let ends: [Int]

    init(_ tokens: [[UInt8]]) {
        var bytes: [UInt8] = []
        var ends = [0]
        for token in tokens {
            bytes += token
            ends.append(bytes.count)
        }
        self.bytes = bytes
        self.ends = ends
    }

    /// The bytes of a token; empty for an id outside the vocabulary.
    subscript(_ id: Int32) -> ArraySlice<UInt8> {
        guard id >= 0, Int(id) < ends.count - 1 else { return [] }
        return bytes[ends[Int(id)]..<ends[Int(id) + 1]]
    }
}
