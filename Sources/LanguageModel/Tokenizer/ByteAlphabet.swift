/// The printable character that stands for each byte in the files of byte-level tokenizers (from GPT-2).
///
/// Printable Latin-1 bytes stand for themselves; the 68 others for U+0100 and up, in order. So a space is "Ġ".
enum ByteAlphabet {
    /// The character of each byte.
    static let characters: [Unicode.Scalar] = {
        var spare: UInt32 = 0x100
        return (0...255).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(UInt8(byte))
            default:
                defer { spare += 1 }
                return Unicode.Scalar(spare) ?? "?"
            }
        }
    }()

    /// All bytes in the order of their characters: the order in which trainers number them.
    static let sortedBytes: [UInt8] = (0...255).sorted { characters[Int($0)] < characters[Int($1)] }

    private static let byteOfCharacter = Dictionary(uniqueKeysWithValues: zip(characters, 0...UInt8.max))

    /// The bytes that a token's spelling stands for; `nil` where a character is not in the alphabet.
    static func bytes(of spelling: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in spelling.unicodeScalars {
            guard let byte = byteOfCharacter[scalar] else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// The spelling of `bytes`.
    static func spelling(of bytes: some Sequence<UInt8>) -> String {
        var spelling = String.UnicodeScalarView()
        for byte in bytes { spelling.append(characters[Int(byte)]) }
        return String(spelling)
    }
}
