/// A token or key of the user's, such as an API key, that nothing shows: not its description, not a dump, not a mirror.
///
/// It is deliberately not `Encodable`, so no value that holds one can be written to a store, a report or JSON. It comes from the
/// environment or from a file, never from an argument, which every process of the machine could read.
public struct Secret: Sendable {
    /// The longest that is taken, in bytes.
    public static let longest = 4096

    private let bytes: [UInt8]

    /// The secret that `text` holds; one line end at its end, as editors write it, does not belong to it.
    ///
    /// - Throws: `SecretError` where it is empty, of several lines, longer than `longest`, or could not stand in a header of HTTP. None
    ///   of the errors holds the text.
    public init(_ text: String, from origin: SecretOrigin) throws(SecretError) {
        var bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw .empty(origin) }
        guard bytes.count <= Self.longest else { throw .tooLong(origin) }
        guard !bytes.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else { throw .severalLines(origin) }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .unfit(origin) }
        self.bytes = bytes
    }

    /// The secret that a variable of the environment holds; nil where the variable is not set.
    public init?(variable: String, in environment: [String: String]) throws(SecretError) {
        guard let text = environment[variable] else { return nil }
        try self.init(text, from: .environment(variable))
    }

    /// The text itself, to be sent to whoever asks for it and to go nowhere else.
    public var revealed: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether somebody has presented this secret; takes as long for a wrong text as for the right one of its length.
    public func matches(_ presented: some StringProtocol) -> Bool {
        var difference = 0
        var count = 0
        for byte in presented.utf8 {
            difference |= Int(byte ^ bytes[count % bytes.count])
            count += 1
        }
        return difference | (count ^ bytes.count) == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that there is a secret.
    public var description: String { "[secret]" }

    /// The same.
    public var debugDescription: String { description }

    /// Without the stored bytes.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
