import Randomness

/// Changes that any file can suffer.
extension Mutator {
    mutating func changeBytes(_ bytes: inout [UInt8], other: [UInt8]) {
        let place = index(below: bytes.count)
        switch index(below: 11) {
        case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(index(below: 8))
        case 1 where !bytes.isEmpty: bytes[place] = element(of: [0, 0xFF, 0x7F, 0x80, 0x0A, 0x22, 0x5C, 0x7B, 0x5B, 0x20])
        case 2: bytes.insert(contentsOf: (0..<length()).map { _ in UInt8(truncatingIfNeeded: generator.next()) }, at: place)
        case 3: bytes.removeSubrange(range(in: bytes.count))
        case 4: bytes.removeSubrange(place...)
        case 5: bytes.insert(contentsOf: bytes[range(in: bytes.count)], at: place)
        case 6: bytes.replaceSubrange(range(in: bytes.count), with: other[range(in: other.count)])
        case 7 where !other.isEmpty: bytes = Array(bytes[..<place]) + other[index(below: other.count)...]
        case 8: bytes.insert(contentsOf: element(of: Self.brokenText), at: place)
        case 9: changeNumber(&bytes)
        default: bytes.insert(contentsOf: word(), at: place)
        }
    }

    /// Puts a number that is hard to hold where one stands.
    mutating func changeNumber(_ bytes: inout [UInt8]) {
        let starts = bytes.indices.filter { Self.isDigit(bytes[$0]) && ($0 == 0 || !Self.isDigit(bytes[$0 - 1])) }
        guard !starts.isEmpty else { return bytes += element(of: Self.numbers) }
        let start = element(of: starts)
        let end = bytes[start...].firstIndex { !Self.isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: element(of: Self.numbers))
    }

    /// A word of the format, a number, or text that is hard to read; one in a hundred is long.
    mutating func word() -> [UInt8] {
        let kind = index(below: 4)
        let word =
            kind == 0 || words.isEmpty
            ? element(of: Self.numbers) : kind == 1 ? element(of: Self.hardText) : element(of: words)
        guard chance(100) else { return word }
        return Array(repeatElement(word, count: 1 + 20_000 / (word.count + 1)).joined())
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    /// Numbers at the ends of their types, beyond them, and in forms that few expect.
    static let numbers = [
        "0", "-0", "1", "-1", "-0.0", "0.5", "1e999", "-1e999", "1e-999", "1e308", "-1e308", "5e-324", "NaN", "Infinity", "-infinity",
        "nan",
        "inf", "0x10", "1_000", "01", "+1", ".5", "1.", "1e", "1E+2", "2147483647", "2147483648", "-2147483649", "4294967295", "4294967296",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
        "18446744073709551615", "18446744073709551616", "4611686018427387904", "1073741824", "1000000000", "65536", "255", "256", "3/4",
        "1/0", "100000000000000000000000000000000000000000000", "0.1000000000000000055511151231257827021181583404541015625", "١٢٣",
        "12,345",
        "1e17", "99999999999999999", "-17", "3", "7", "64", "1024",
    ].map { Array($0.utf8) }

    /// What is not UTF-8: lone and missing continuations, overlong forms, surrogates, beyond the last character.
    static let brokenText: [[UInt8]] = [
        [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0xFE], [0xFF, 0xFE], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x00],
    ]

    /// What is UTF-8 and still hard to read.
    static let hardText = [
        "\u{0}", "\u{1B}[31m", "\u{FEFF}", "\u{200D}", "\u{202E}", "e\u{301}", "é", "\u{1F9A6}", "\u{1F468}\u{200D}\u{1F469}", "\r\n", "\r",
        "\u{2028}", "\u{85}", "\u{A0}", "ﬁ", "İ", "ſ", "\\ud83d", "\\ud83d\\ude00", "\\u0000", "\\", "\"", "'", "`", "../", "/etc/passwd",
        "..",
        ".", "/", "~", "%00", "%s", "$(id)", "{{", "{%", "%}", "}}", "<|im_start|>", "<|im_end|>", "\t", "\n\n", " ", "　", "①", "Ⅷ", "½",
        String(repeating: "\u{301}", count: 300),
    ].map { Array($0.utf8) }
}
