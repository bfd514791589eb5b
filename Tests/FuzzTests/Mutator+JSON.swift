/// Changes of JSON that leave it JSON, mostly.
extension Mutator {
    mutating func changeJSON(_ bytes: inout [UInt8], other: [UInt8]) {
        let spans = JSONSpans(bytes)
        guard !spans.values.isEmpty else { return changeBytes(&bytes, other: other) }
        let value = element(of: spans.values)
        guard !spans.members.isEmpty else { return bytes.replaceSubrange(value, with: someValue(bytes)) }
        let member = element(of: spans.members)
        switch index(below: 14) {
        case 0...3: bytes.replaceSubrange(value, with: someValue(bytes))
        case 4: remove(member.whole, from: &bytes)
        case 5: bytes.insert(contentsOf: bytes[member.whole] + [UInt8(ascii: ",")], at: member.whole.lowerBound)
        case 6: bytes.replaceSubrange(member.name, with: bytes[element(of: spans.members).name])
        case 7: bytes.replaceSubrange(member.name, with: quoted(word()))
        case 8: bytes.replaceSubrange(value, with: bytes[element(of: spans.values)])
        case 9: bytes.replaceSubrange(value, with: nested(Array(bytes[value])))
        case 10: bytes.insert(contentsOf: repeated(Array(bytes[value])), at: value.lowerBound)
        case 11, 12:
            let theirs = JSONSpans(other)
            guard !theirs.members.isEmpty else { return }
            let taken = element(of: theirs.members)
            if chance(2) {
                bytes.insert(contentsOf: other[taken.whole] + [UInt8(ascii: ",")], at: member.whole.lowerBound)
            } else {
                bytes.replaceSubrange(value, with: other[taken.value])
            }
        default:
            bytes.insert(contentsOf: quoted(word()) + Array(":".utf8) + someValue(bytes) + Array(",".utf8), at: member.whole.lowerBound)
        }
    }

    private mutating func remove(_ range: Range<Int>, from bytes: inout [UInt8]) {
        let comma = UInt8(ascii: ",")
        let end = range.upperBound < bytes.count && bytes[range.upperBound] == comma ? range.upperBound + 1 : range.upperBound
        let start =
            end == range.upperBound && range.lowerBound > 0 && bytes[range.lowerBound - 1] == comma
            ? range.lowerBound - 1 : range.lowerBound
        bytes.removeSubrange(start..<end)
    }

    private mutating func someValue(_ bytes: [UInt8]) -> [UInt8] {
        switch index(below: 8) {
        case 0...2: element(of: Self.numbers)
        case 3: quoted(word())
        case 4: quoted([])
        case 5: element(of: Self.plainValues)
        case 6: repeated(element(of: Self.plainValues))
        default: quoted(word() + word())
        }
    }

    private func quoted(_ text: [UInt8]) -> [UInt8] { [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")] }

    /// Lists or objects around a value, seldom so many that a reader who calls itself runs out of stack.
    private mutating func nested(_ value: [UInt8]) -> [UInt8] {
        let depth = chance(20) ? 100_000 : element(of: [1, 2, 30, 63, 64, 65, 99, 100, 101, 511, 513])
        let (open, close) = chance(2) ? ("[", "]") : ("{\"a\":", "}")
        let end = chance(4) ? [] : Array(repeatElement(Array(close.utf8), count: depth).joined())
        return Array(repeatElement(Array(open.utf8), count: depth).joined()) + value + end
    }

    /// A list of a value again and again.
    private mutating func repeated(_ value: [UInt8]) -> [UInt8] {
        let count = value.count < 100 ? length() : 3
        return [UInt8(ascii: "[")] + Array(repeatElement(value, count: count).joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "]")]
    }

    private static let plainValues = [
        "null", "true", "false", "[]", "{}", "\"\"", "[[]]", "[0]", "[-1]", "{\"\":{}}", "\"a\"", "[null]", "\"\\ud800\"", "\"\\u0000\"",
        "nul",
        "[1,", "{\"a\":1,\"a\":2}", "\"../model.safetensors\"", "\"/etc/passwd\"",
    ].map { Array($0.utf8) }
}
