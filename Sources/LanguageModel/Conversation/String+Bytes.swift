/// Which ends of a text are trimmed.
enum TrimmedEnds: Hashable, Sendable {
    case start, end, both
}

extension String {
    /// This text without `scalar` at its ends.
    func trimming(_ scalar: Unicode.Scalar, at ends: TrimmedEnds) -> String {
        trimming(at: ends) { $0 == scalar }
    }

    /// This text without what Python's `strip` takes for white space.
    func trimmingSpace() -> String {
        trimming(at: .both) { $0.properties.isWhitespace || 0x1C...0x1F ~= $0.value }
    }

    // Scalar by scalar: "\r\n" is one character to Swift.
    private func trimming(at ends: TrimmedEnds, _ isTrimmed: (Unicode.Scalar) -> Bool) -> String {
        var rest = unicodeScalars[...]
        if ends != .end { rest = rest.drop(while: isTrimmed) }
        if ends != .start {
            while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        }
        return String(rest)
    }
}

// Byte by byte, as Python compares: to Swift a mark and a combining character behind it are not the mark any more.
extension String {
    /// Whether this text begins with `other`.
    func begins(with other: String) -> Bool { utf8.starts(with: other.utf8) }

    /// Whether this text ends in `other`.
    func ends(in other: String) -> Bool { utf8.count >= other.utf8.count && utf8.suffix(other.utf8.count).elementsEqual(other.utf8) }

    /// This text without so many bytes at its ends; they must be whole characters.
    func dropping(bytesAtStart start: Int, atEnd end: Int = 0) -> String {
        String(decoding: utf8.dropFirst(start).dropLast(end), as: UTF8.self)
    }

    /// The stretches between occurrences of `separator`; one where there is none.
    func pieces(between separator: String) -> [String] {
        let (text, separator) = (Array(utf8), Array(separator.utf8))
        var pieces: [String] = []
        var (start, index) = (0, 0)
        while index + separator.count <= text.count {
            if text[index...].starts(with: separator) {
                pieces.append(String(decoding: text[start..<index], as: UTF8.self))
                index += separator.count
                start = index
            } else {
                index += 1
            }
        }
        return pieces + [String(decoding: text[start...], as: UTF8.self)]
    }
}
