import Autodidact
import Remote
import Texts

/// What the name of a model stands for: one of this machine, or one that computes elsewhere.
enum ModelName: Sendable {
    case here(ModelShelf.Place)
    case service(ServiceAddress)
    case endpoint(OpenAIAddress)

    /// What may be named.
    static let help = "The model: a name from 'autodidact models', a directory, or tinker+http://HOST:PORT/BASE_MODEL"

    /// The model of that name.
    ///
    /// - Throws: `BadInput` where nothing has the name, or an address is none.
    init(_ name: String, on shelf: ModelShelf) throws(BadInput) {
        do {
            switch name.prefix(while: { $0 != ":" }) {
            case "tinker+http", "tinker+https": self = .service(try ServiceAddress(name))
            case "openai+http", "openai+https": self = .endpoint(try OpenAIAddress(name))
            case _ where Self.isRemote(name):
                throw BadInput(
                    "model '\(name.shown)' has no address that is known; write tinker+http://HOST:PORT/BASE_MODEL, "
                        + "openai+http://HOST:PORT/v1#MODEL, or the same with https")
            default: self = .here(try shelf.place(name))
            }
        } catch let error as BadInput {
            throw error
        } catch {
            throw BadInput("model \(error)")
        }
    }

    /// Whether a name has the form of an address.
    static func isRemote(_ name: String) -> Bool {
        let scheme = name.prefix { $0 != "+" && $0 != ":" }
        return name.contains("://") || ["tinker", "openai"].contains(scheme) && name.contains("+")
    }

    /// What names it from anywhere.
    var name: String {
        switch self {
        case .here(let place): place.name
        case .service(let address): address.description
        case .endpoint(let address): address.description
        }
    }

    /// Where it computes.
    var place: BackendSettings.Place {
        switch self {
        case .here: .here
        case .service: .service
        case .endpoint: .endpoint
        }
    }

    /// The address that a key would be sent to; nil for a model of this machine.
    var url: String? {
        switch self {
        case .here: nil
        case .service(let address): address.url
        case .endpoint(let address): address.url
        }
    }
}
