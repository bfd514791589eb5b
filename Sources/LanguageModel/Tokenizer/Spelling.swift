/// A token's text, compared byte by byte.
///
/// Swift's own comparison takes "é" for "e" followed by U+0301, but a vocabulary may hold both as different tokens.
struct Spelling: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: Spelling, right: Spelling) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        // FNV-1a first: one call of the hasher for each text instead of one for each byte.
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hasher.combine(sum)
    }
}
