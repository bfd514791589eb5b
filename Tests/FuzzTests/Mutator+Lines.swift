/// Changes of files of lines, of plain text, and of safetensors.
extension Mutator {
    /// Lines are left out, doubled, swapped, made long; or one of them is changed as the JSON that it is.
    mutating func changeLines(_ bytes: inout [UInt8], other: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        var lines = bytes.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
        let place = index(below: lines.count)
        switch index(below: 10) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: place)
        case 2: lines.swapAt(place, index(below: lines.count))
        case 3: lines[place] += Array(repeating: element(of: [0x20, 0x61, 0x7B, 0xC3]), count: chance(50) ? 1_100_000 : length())
        case 4: lines.insert(element(of: [[], [0x20], [0x0D], [0xEF, 0xBB, 0xBF], [0x7B, 0x7D]]), at: place)
        case 5:
            let theirs = other.split(separator: newline).map(Array.init)
            if !theirs.isEmpty { lines.insert(element(of: theirs), at: place) }
        case 6 where chance(20): lines += Array(repeating: [], count: 50_000)
        default: changeJSON(&lines[place], other: other)
        }
        bytes = Array(lines.joined(separator: [chance(10) ? UInt8(ascii: "\r") : newline]))
    }

    /// Words are put in, taken out, repeated and swapped.
    mutating func changeText(_ bytes: inout [UInt8], other: [UInt8]) {
        let place = index(below: bytes.count + 1)
        switch index(below: 8) {
        case 0...2: bytes.insert(contentsOf: word(), at: place)
        case 3: changeNumber(&bytes)
        case 4:
            let stretch = bytes[range(in: bytes.count)]
            let count = stretch.count < 64 && chance(20) ? 2_000 : 2
            bytes.insert(contentsOf: repeatElement(stretch, count: count).joined(), at: place)
        case 5: bytes.replaceSubrange(range(in: bytes.count), with: word())
        case 6: bytes.insert(contentsOf: other[range(in: other.count)], at: place)
        default: bytes.removeSubrange(range(in: bytes.count))
        }
    }

    /// The header is changed as JSON with its length kept right, mostly; else the length lies, or the data are too long or too short.
    mutating func changeTensors(_ bytes: inout [UInt8]) {
        guard bytes.count >= 8 else { return changeBytes(&bytes, other: []) }
        let declared = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let length = Int(exactly: declared), length <= bytes.count - 8 else { return changeBytes(&bytes, other: []) }
        var header = Array(bytes[8..<8 + length])
        let data = Array(bytes[(8 + length)...])
        switch index(below: 8) {
        case 0:
            let size = UInt64(bytes.count)
            let lie = element(of: [0, 1, 7, size, size - 8, size - 7, 100_000_000, 100_000_001, 1 << 32, 1 << 63, .max, .max - 7])
            bytes.replaceSubrange(0..<8, with: Self.littleEndian(lie))
        case 1: bytes = Self.littleEndian(declared) + header + data.dropLast(self.length())
        case 2: bytes += data.prefix(self.length())
        default:
            changeJSON(&header, other: header)
            bytes = Self.littleEndian(UInt64(header.count)) + header + data
        }
    }

    private static func littleEndian(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
}
