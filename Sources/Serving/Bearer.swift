import Autodidact
import HTTPTypes

/// Who may ask: whoever presents a token, or everybody where there is none.
struct Bearer: Sendable {
    let token: Secret?

    /// Whether the head of a request presents the token as it must be.
    func admits(_ head: HTTPRequest) -> Bool {
        guard let token else { return true }
        let scheme = "bearer "
        guard let value = head.headerFields[.authorization], value.prefix(scheme.count).lowercased() == scheme else { return false }
        return token.matches(value.dropFirst(scheme.count).drop { $0 == " " })
    }
}

extension HTTPRequest {
    /// Whether the other side says that nothing follows: another protocol, or a wish to end in a spelling that Hummingbird, which knows
    /// it in one only, would not see.
    var endsConnection: Bool {
        if method == .connect { return true }
        guard let connection = headerFields[.connection] else { return false }
        return connection != "close" && connection.lowercased() != "keep-alive"
    }

    /// The path without its query.
    var place: Substring { (path ?? "").prefix { $0 != "?" } }
}
