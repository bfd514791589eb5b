/// The text of tokens that come one by one: each piece is given once later tokens cannot change it any more.
///
/// All pieces together are what `decode` makes of the tokens; after a context, what it adds to the text of the context. Special tokens
/// have no text.
public struct TokenTextStream: Sendable {
    private let tokenizer: BPETokenizer
    /// Bytes of a character that is not complete, where tokens are bytes.
    private var bytes: [UInt8] = []
    /// Tokens whose text is not all given yet, behind those that decide how it begins, where tokens pass through steps.
    private var window: [Int32] = []
    /// How many bytes of the window's text were given before.
    private var given = 0
    private let isIncremental: Bool
    /// So many tokens of a context decide how the text after it begins.
    private static let contextTokens = 8

    /// A stream of the tokens after `context`, which is part of the same text; empty where the text begins with them.
    public init(_ tokenizer: BPETokenizer, after context: some Sequence<Int32> = [Int32]()) {
        self.tokenizer = tokenizer
        isIncremental = tokenizer.parts.decoder.isIncremental
        guard case .steps = tokenizer.parts.decoder else { return }
        // What begins a text concerns its first tokens alone, and a character that the context leaves incomplete stays so.
        let plain = context.filter { !tokenizer.isSpecial($0) }
        window = Array(plain[..<(plain.lastIndex { !tokenizer.isByte($0) }.map { $0 + 1 } ?? 0)].suffix(Self.contextTokens))
        given = tokenizer.decode(window).utf8.count
    }

    /// The text that is certain with one more token.
    public mutating func append(_ token: Int32) -> String {
        guard !tokenizer.isSpecial(token) else { return "" }
        guard case .steps = tokenizer.parts.decoder else {
            bytes += tokenizer.bytes(of: token)
            let end = bytes.count - Self.incompleteBytes(bytes)
            defer { bytes.removeFirst(end) }
            return String(decoding: bytes[..<end], as: UTF8.self)
        }
        window.append(token)
        // A run of single bytes is text or not, as a whole.
        guard isIncremental, !tokenizer.isByte(token) else { return "" }
        let piece = rest()
        let alone = tokenizer.decode([token])
        // Behind a token with a text of its own nothing depends on what stands before it.
        if alone.isEmpty { given += piece.utf8.count } else { (window, given) = ([token], alone.utf8.count) }
        return piece
    }

    /// The rest, with U+FFFD for what was left incomplete.
    public mutating func finish() -> String {
        defer { (bytes, window, given) = ([], [], 0) }
        guard case .steps = tokenizer.parts.decoder else { return String(decoding: bytes, as: UTF8.self) }
        return rest()
    }

    private func rest() -> String { String(decoding: tokenizer.decode(window).utf8.dropFirst(given), as: UTF8.self) }

    /// How many bytes at the end begin a character that more bytes could complete.
    private static func incompleteBytes(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let lead = bytes[bytes.count - count]
            if lead & 0xC0 == 0x80 { continue }
            let length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
            guard lead <= 0xF4, length > count else { return 0 }
            return canContinue(lead, bytes.suffix(count - 1).first) ? count : 0
        }
        return 0
    }

    /// Whether the byte after a leading one can be in a character: some would be too long a spelling, a surrogate, or beyond Unicode.
    private static func canContinue(_ lead: UInt8, _ next: UInt8?) -> Bool {
        guard let next else { return true }
        return switch lead {
        case 0xE0: next >= 0xA0
        case 0xED: next < 0xA0
        case 0xF0: next >= 0x90
        case 0xF4: next < 0x90
        default: true
        }
    }
}

extension BPETokenizer {
    /// Whether a token stands for one byte, in a vocabulary of characters.
    fileprivate func isByte(_ token: Int32) -> Bool { spelling(of: token).flatMap { TokenDecoder.byte(Array($0.utf8)) } != nil }
}

extension TokenDecoder {
    /// Whether the text of a list of tokens begins with that of its first ones: later ones neither take from it nor change it.
    fileprivate var isIncremental: Bool {
        guard case .steps(let steps) = self else { return true }
        var isJoined = false
        for step in steps {
            switch step {
            case .fuse: isJoined = true
            case .strip(_, _, let end) where end > 0: return false
            case .replace where isJoined: return false
            default: break
            }
        }
        return true
    }
}
