import Crypto

/// SHA-256 names for content: problems, weights, artifacts.
public enum ContentHash {
    /// The digest in lower-case hexadecimal.
    public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: Array(bytes))
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// The digest of a text's UTF-8.
    public static func hexadecimal(of text: String) -> String {
        hexadecimal(of: text.utf8)
    }
}
