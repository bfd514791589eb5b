/// What a word's bytes or characters become before pairs are merged.
struct SymbolTable: Sendable {
    private let isByteLevel: Bool
    /// The token of each byte; in a tokenizer over characters, what a byte of a character without a token falls back to.
    private let ofByte: [Int32]
    /// The tokens that are one character.
    private let ofCharacter: [Unicode.Scalar: Int32]
    private let unknown: Int32?
    private let fusesUnknown: Bool
    private let fallsBack: Bool

    init(ids: [Spelling: Int32], spellings: [String], parts: TokenizerParts) {
        isByteLevel = parts.preTokenizer.isByteLevel
        fallsBack = parts.byteFallback
        fusesUnknown = parts.fusesUnknown
        unknown = parts.unknownToken.flatMap { ids[Spelling($0)] }
        if isByteLevel {
            ofByte = ByteAlphabet.characters.map { ids[Spelling(String($0))] ?? -1 }
            ofCharacter = [:]
        } else {
            ofByte = (0...255).map { ids[Spelling(TokenDecoder.spelling(ofByte: UInt8($0)))] ?? -1 }
            var characters: [Unicode.Scalar: Int32] = [:]
            for (id, spelling) in spellings.enumerated() {
                let scalars = spelling.unicodeScalars
                if let only = scalars.first, scalars.count == 1 { characters[only] = Int32(id) }
            }
            ofCharacter = characters
        }
    }

    /// Whether a character has a token of its own.
    func contains(_ scalar: Unicode.Scalar) -> Bool { ofCharacter[scalar] != nil }

    /// The symbols of a word.
    func symbols(_ text: [UInt8], _ word: Range<Int>) -> [Int32] {
        if isByteLevel { return text[word].map { ofByte[Int($0)] } }
        var symbols: [Int32] = []
        symbols.reserveCapacity(word.count)
        var isAfterUnknown = false
        for scalar in String(decoding: text[word], as: UTF8.self).unicodeScalars {
            let known = ofCharacter[scalar]
            if let known {
                symbols.append(known)
            } else if fallsBack {
                for byte in UTF8.encode(scalar).map(Array.init) ?? [] { symbols.append(ofByte[Int(byte)]) }
            } else if let unknown, !(fusesUnknown && isAfterUnknown) {
                symbols.append(unknown)
            }
            isAfterUnknown = known == nil
        }
        return symbols
    }
}
