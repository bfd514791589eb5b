import Foundation

/// Arrays of 32-bit numbers as little-endian bytes, the same on every machine.
enum NumberBlob {
    static func data(_ integers: some Sequence<Int32>) -> Data {
        data(words: integers.lazy.map { UInt32(bitPattern: $0) })
    }

    static func data(_ numbers: some Sequence<Float>) -> Data {
        data(words: numbers.lazy.map(\.bitPattern))
    }

    /// The integers, or nil where the bytes are not whole words.
    static func integers(_ data: Data) -> [Int32]? {
        words(data).map { $0.map { Int32(bitPattern: $0) } }
    }

    /// The numbers, bit for bit, or nil where the bytes are not whole words.
    static func floats(_ data: Data) -> [Float]? {
        words(data).map { $0.map { Float(bitPattern: $0) } }
    }

    private static func data(words: some Sequence<UInt32>) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * words.underestimatedCount)
        for word in words {
            bytes.append(UInt8(truncatingIfNeeded: word))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            bytes.append(UInt8(truncatingIfNeeded: word >> 24))
        }
        return Data(bytes)
    }

    private static func words(_ data: Data) -> [UInt32]? {
        guard data.count.isMultiple(of: 4) else { return nil }
        let bytes = Array(data)
        return stride(from: 0, to: bytes.count, by: 4).map { i in
            UInt32(bytes[i]) | UInt32(bytes[i + 1]) << 8 | UInt32(bytes[i + 2]) << 16 | UInt32(bytes[i + 3]) << 24
        }
    }
}
