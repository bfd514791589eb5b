import Crypto

/// SHA-256 names for content: problems, weights, artifacts.
public enum ContentHash {
    /// The digest, 32 bytes.
    public static func digest(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Array(bytes))
        return Array(hash.finalize())
    }

    /// The digest in lower-case hexadecimal.
    public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        hexadecimal(digest(of: bytes))
    }

    /// The digest of content that `next` gives in pieces, until one is empty or nil, in lower-case hexadecimal.
    public static func hexadecimal<Failure: Error>(ofPieces next: () throws(Failure) -> [UInt8]?) throws(Failure) -> String {
        var hash = SHA256()
        while let piece = try next(), !piece.isEmpty { hash.update(data: piece) }
        return hexadecimal(Array(hash.finalize()))
    }

    private static func hexadecimal(_ digest: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The digest of a text's UTF-8.
    public static func hexadecimal(of text: String) -> String {
        hexadecimal(of: text.utf8)
    }
}
