import Texts

/// Where a training service is and which of its base models is meant.
public struct ServiceAddress: Sendable, Hashable, CustomStringConvertible {
    /// Scheme, host, port and path, without a slash at the end.
    public let url: String
    /// The name by which the service knows the base model.
    public let baseModel: String

    /// A service at an address of the web.
    public init(url: String, baseModel: String) {
        (self.url, self.baseModel) = (url, baseModel)
    }

    /// What the name of a model begins with that is trained by a service.
    public static let prefix = "tinker+"

    /// Reads `tinker+http://HOST:PORT/BASE_MODEL`, or `tinker+https://HOST/PATH#BASE_MODEL` where the service has a path of its own.
    ///
    /// A base model that is a path begins with a second slash: `tinker+http://127.0.0.1:8000//models/tiny`.
    public init(_ name: String) throws(ServiceAddressError) {
        guard name.hasPrefix(Self.prefix) else { throw .noService(name) }
        let text = name.dropFirst(Self.prefix.count)
        guard let scheme = WebPlace.schemes.first(where: text.hasPrefix) else { throw .noService(name) }
        let rest = text.dropFirst(scheme.count)
        let mark = rest.firstIndex(of: "#")
        guard let end = mark ?? rest.firstIndex(of: "/") else { throw .noModel(name) }
        let model = rest[rest.index(after: end)...]
        guard !model.isEmpty else { throw .noModel(name) }
        guard let url = WebPlace.url(scheme: scheme, place: rest[..<end]) else { throw .noHost(name) }
        self.init(url: url, baseModel: String(model))
    }

    /// Whether what is sent can be read on its way: plain HTTP to another machine.
    var isInClear: Bool { WebPlace.isInClear(url) }

    /// As it was written.
    public var description: String {
        let hasPath = url.dropFirst("https://".count).contains("/")
        return Self.prefix + url + (hasPath ? "#" : "/") + baseModel
    }
}

/// Why a name is not that of a model at a service.
public enum ServiceAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It does not begin as such names do.
    case noService(String)
    /// No machine is named, or the address holds what an address cannot.
    case noHost(String)
    /// No base model is named.
    case noModel(String)

    /// One sentence for people.
    public var description: String {
        let form = "write tinker+http://HOST:PORT/BASE_MODEL"
        return switch self {
        case .noService(let name): "'\(name.shown)' does not begin with tinker+http:// or tinker+https://; \(form)"
        case .noHost(let name): "'\(name.shown)' names no machine, or has a user or question in it; \(form), and the key in a file"
        case .noModel(let name): "'\(name.shown)' names no base model after the address; \(form)"
        }
    }
}
