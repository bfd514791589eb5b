import Texts

/// Where an OpenAI-compatible endpoint is, and which of its models is meant.
public struct OpenAIAddress: Sendable, Hashable, CustomStringConvertible {
    /// Scheme, host, port and path, without a slash at the end: mostly it ends in `/v1`.
    public let url: String
    /// The name by which the endpoint knows the model.
    public let model: String

    /// A model at an address of the web.
    public init(url: String, model: String) {
        (self.url, self.model) = (url, model)
    }

    /// What the name of a model begins with that an endpoint serves.
    public static let prefix = "openai+"

    /// Reads `openai+http://HOST:PORT/v1#MODEL`, or the same with https; the model may be any text.
    public init(_ name: String) throws(OpenAIAddressError) {
        guard name.hasPrefix(Self.prefix) else { throw .noEndpoint(name) }
        let text = name.dropFirst(Self.prefix.count)
        guard let scheme = WebPlace.schemes.first(where: text.hasPrefix) else { throw .noEndpoint(name) }
        let rest = text.dropFirst(scheme.count)
        guard let mark = rest.firstIndex(of: "#"), rest.index(after: mark) < rest.endIndex else { throw .noModel(name) }
        guard let url = WebPlace.url(scheme: scheme, place: rest[..<mark]) else { throw .noHost(name) }
        self.init(url: url, model: String(rest[rest.index(after: mark)...]))
    }

    /// Whether what is sent can be read on its way: plain HTTP to another machine.
    var isInClear: Bool { WebPlace.isInClear(url) }

    /// As it was written.
    public var description: String { "\(Self.prefix)\(url)#\(model)" }
}

/// Why a name is not that of a model at an endpoint.
public enum OpenAIAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It does not begin as such names do.
    case noEndpoint(String)
    /// No machine is named, or the address holds what an address cannot.
    case noHost(String)
    /// No model is named.
    case noModel(String)

    /// One sentence for people.
    public var description: String {
        let form = "write openai+http://HOST:PORT/v1#MODEL"
        return switch self {
        case .noEndpoint(let name): "'\(name.shown)' does not begin with openai+http:// or openai+https://; \(form)"
        case .noHost(let name): "'\(name.shown)' names no machine, or has a user or question in it; \(form), and the key in a file"
        case .noModel(let name): "'\(name.shown)' names no model behind a #; \(form)"
        }
    }
}
