import Autodidact
import Texts

/// Where a server listens: a port, or a host and a port.
///
/// Port 0 stands for any free one.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name, or an address of version 4 or 6, the latter without brackets.
    public let host: String
    /// From 0 up to 65535.
    public let port: Int

    /// An address of a host.
    public init(host: String, port: Int) {
        (self.host, self.port) = (host, port)
    }

    /// The address that a text such as `9090`, `0.0.0.0:9090` or `[::1]:9090` names; a port alone is on loopback.
    ///
    /// `localhost` is `127.0.0.1`, whatever a file of the system says.
    public init(_ text: String) throws(ListenAddressError) {
        let (host, port) = try Self.parts(of: text)
        guard let port = Self.number(port, upTo: 65_535) else { throw .noPort(text) }
        self.init(host: host == "localhost" ? "127.0.0.1" : host, port: port)
    }

    /// Whether only this machine can reach it: 127.0.0.0/8 or ::1, as they are usually written.
    public var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "::1" || (parts.count == 4 && parts[0] == "127" && parts.allSatisfy { Self.number($0, upTo: 255) != nil })
    }

    /// As it stands in an address of the web.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func parts(of text: String) throws(ListenAddressError) -> (host: String, port: Substring) {
        guard let colon = text.lastIndex(of: ":") else { return ("127.0.0.1", text[...]) }
        var host = text[..<colon]
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { throw .noHost(text) }
        } else if host.contains(":") {
            throw .noBrackets(text)
        }
        let isAllowed = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "@") }
        guard !host.isEmpty, host.utf8.count <= 253, isAllowed else { throw .noHost(text) }
        return (String(host), text[text.index(after: colon)...])
    }

    private static func number(_ text: some StringProtocol, upTo limit: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 5, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(text).flatMap { $0 <= limit ? $0 : nil }
    }
}

/// Why a text names no place to listen.
public enum ListenAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The port is no number from 0 up to 65535.
    case noPort(String)
    /// Nothing stands before the colon, or no name of a host.
    case noHost(String)
    /// An address of version 6 outside of brackets.
    case noBrackets(String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noPort(let text): "'\(text.shown)' has no port from 0 up to 65535; name one such as 9090, or 0 for a free one"
        case .noHost(let text): "'\(text.shown)' has no host before the port; name one such as 127.0.0.1:9090, or only a port"
        case .noBrackets(let text): "'\(text.shown)' needs brackets around its host, such as [::1]:9090"
        }
    }
}
