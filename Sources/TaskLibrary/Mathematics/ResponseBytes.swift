extension ArraySlice<UInt8> {
    /// The text that the bytes are.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// The bytes before the end of the line.
    var line: ArraySlice<UInt8> { prefix { $0 != UInt8(ascii: "\n") } }

    /// The place behind the last occurrence of a word; nil where there is none.
    func endOfLast(_ word: String) -> Int? {
        let pattern = Array(word.utf8)
        guard let last = pattern.last, count >= pattern.count else { return nil }
        var place = endIndex
        while place - startIndex >= pattern.count {
            place -= 1
            guard self[place] == last, place + 1 - pattern.count >= startIndex else { continue }
            if self[(place + 1 - pattern.count)...place].elementsEqual(pattern) { return place + 1 }
        }
        return nil
    }

    /// What stands in balanced braces at the start; escaped ones do not count.
    var braced: ArraySlice<UInt8>? {
        let rest = drop(while: \.isBlank)
        guard rest.first == UInt8(ascii: "{") else { return nil }
        var (depth, isEscaped) = (0, false)
        for (index, byte) in zip(rest.indices, rest) {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return rest[(rest.startIndex + 1)..<index] }
            }
        }
        return nil
    }
}

extension UInt8 {
    /// Whether the byte is white space.
    var isBlank: Bool { self == 0x20 || 0x09...0x0D ~= self }
}
