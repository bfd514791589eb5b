import Foundation

/// The part of a remote model's name that says where it is: scheme, host, port and path.
enum WebPlace {
    static let schemes = ["http://", "https://"]

    /// The address of a place, without a slash at its end; nil where it names no machine, or has a user, a question or a space in it.
    static func url(scheme: String, place: Substring) -> String? {
        let place = place.hasSuffix("/") ? place.dropLast() : place
        let isPlain = place.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "?") }
        guard isPlain, let components = URLComponents(string: scheme + place), let host = components.host, !host.isEmpty else { return nil }
        return scheme + place
    }

    /// Whether what is sent can be read on its way: plain HTTP to another machine.
    static func isInClear(_ url: String) -> Bool {
        guard url.hasPrefix("http://"), let host = URLComponents(string: url)?.host else { return false }
        let isLoopback = host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
        return !isLoopback
    }
}
