/// Changes of requests of HTTP.
extension Mutator {
    /// Lines are left out, doubled, swapped, made long or many; lengths lie; requests stand behind each other, or are cut.
    mutating func changeHTTP(_ bytes: inout [UInt8], other: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        // Each keeps its carriage return.
        var lines = bytes.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
        let place = index(below: lines.count)
        switch index(below: 18) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: place)
        case 2: lines.swapAt(place, index(below: lines.count))
        case 3...5: lines.insert(word() + [0x0D], at: place)
        case 6: lines.insert(element(of: other.split(separator: newline).map(Array.init) + [[]]), at: place)
        case 7: lines.insert(contentsOf: repeatElement(word().prefix(40) + [0x0D], count: manyLines()), at: place)
        case 8:
            let filling = [UInt8](repeating: element(of: [0x20, 0x61, 0x2F, 0x2C]), count: longLine())
            lines[place].insert(contentsOf: filling, at: index(below: lines[place].count + 1))
        case 9: lines[place].insert(element(of: [0x20, 0x09, 0x00, 0x0D, 0x3A, 0x80]), at: index(below: lines[place].count + 1))
        case 10: for number in lines.indices where chance(2) && lines[number].last == 0x0D { lines[number].removeLast() }
        case 11: return pipeline(&bytes, other: other)
        case 12: return addBody(&bytes)
        case 13: return bytes.removeLast(index(below: bytes.count + 1))
        default: return chance(3) ? changeBytes(&bytes, other: other) : changeText(&bytes, other: other)
        }
        bytes = Array(lines.joined(separator: [newline]))
    }

    /// Around the number of headers that is allowed, and seldom far beyond.
    private mutating func manyLines() -> Int { chance(10) ? 2_000 : element(of: [2, 50, 97, 98, 99, 100, 101]) }

    /// Around the bytes that are allowed, and seldom far beyond.
    private mutating func longLine() -> Int { chance(10) ? 200_000 : element(of: [100, 4_000, 16_000, 16_300, 16_384, 16_385, 20_000]) }

    /// Puts requests behind those that there are, seldom many.
    private mutating func pipeline(_ bytes: inout [UInt8], other: [UInt8]) {
        let request = chance(2) ? other : bytes
        let most = chance(50) ? 500 : 8
        bytes += repeatElement(request, count: min(1 + index(below: most), 1 + 500_000 / (request.count + 1))).joined()
    }

    /// Announces a body behind the first line, and sends another, none, or that one.
    private mutating func addBody(_ bytes: inout [UInt8]) {
        let start = bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        let body = [UInt8](repeating: element(of: [0x61, 0x0D, 0x0A, 0x30]), count: chance(100) ? 1_500_000 : length())
        let size = Array(chance(2) ? "\(body.count)".utf8 : "".utf8)
        if chance(2) {
            let said = size.isEmpty ? element(of: Self.numbers) : size
            bytes.insert(contentsOf: Array("Content-Length: ".utf8) + said + [0x0D, 0x0A], at: start)
            bytes += body
        } else {
            let said = size.isEmpty ? element(of: Self.chunkSizes) : Array(String(body.count, radix: 16).utf8)
            bytes.insert(contentsOf: Array("Transfer-Encoding: chunked\r\n".utf8), at: start)
            bytes += said + [0x0D, 0x0A] + body + Array("\r\n0\r\n\r\n".utf8)
        }
    }

    private static let chunkSizes = [
        "0", "-1", "1", "fffffffffffffff", "ffffffffffffffff", "10000000000000000", "0x10", "5;a=b", "5 ; \"", "05", "g", "", " 5",
        "80000000",
    ].map { Array($0.utf8) }
}
