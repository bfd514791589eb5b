/// The four classes that pre-tokenizer patterns tell apart: `\p{L}`, `\p{N}`, `\s`, and the rest.
enum CharacterClass: UInt8 {
    case letter, number, space, other

    /// The class of the character that starts at `index` of valid UTF-8, and its length in bytes.
    @inline(__always)
    static func at(_ index: Int, in text: [UInt8]) -> (kind: CharacterClass, length: Int) {
        let byte = text[index]
        return byte < 0x80 ? (ascii[Int(byte)], 1) : beyondASCII(index, in: text)
    }

    private static let ascii: [CharacterClass] = (0..<128).map { of(Unicode.Scalar(UInt8($0))) }

    private static func beyondASCII(_ index: Int, in text: [UInt8]) -> (kind: CharacterClass, length: Int) {
        let lead = text[index]
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
        for byte in text[(index + 1)..<(index + length)] { value = value << 6 | UInt32(byte & 0x3F) }
        return (value < 0x10000 ? basicPlane[Int(value)] : Unicode.Scalar(value).map(of) ?? .other, length)
    }

    /// The classes of the basic plane; asking the properties of each character anew is ten times slower.
    private static let basicPlane: [CharacterClass] = (0..<0x10000).map { Unicode.Scalar(UInt32($0)).map(of) ?? .other }

    /// The class of a character, by its general category and the White_Space property.
    static func of(_ scalar: Unicode.Scalar) -> CharacterClass {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: .letter
        case .decimalNumber, .letterNumber, .otherNumber: .number
        default: scalar.properties.isWhitespace ? .space : .other
        }
    }
}
