import Autodidact
import Remote
import Reports

/// What is known of a model that computes elsewhere, once it was asked.
struct RemoteDescription: Encodable {
    let name: String
    let url: String
    let model: String
    /// What a recipe may ask of it.
    let capabilities: [String]
    /// What was measured at an endpoint; empty for a training service, which is measured when a run begins.
    let findings: [String]
    /// Tokens that a service says its model takes; absent where it does not say.
    let contextLength: Int?

    init(_ policy: OpenAIPolicy, at address: OpenAIAddress) {
        (name, url, model) = (address.description, address.url, address.model)
        (capabilities, findings, contextLength) = (policy.capabilities.map(\.rawValue).sorted(), policy.findings, nil)
    }

    init(_ offer: ServiceOffer, at address: ServiceAddress) {
        (name, url, model) = (address.description, address.url, address.baseModel)
        (capabilities, findings) = (Capability.allCases.map(\.rawValue).sorted(), [])
        contextLength = offer.contextLength
    }

    /// The description for people.
    func text(color: TerminalColor) -> String {
        var rows = [
            ["model", model], ["at", url],
            ["offers", capabilities.isEmpty ? "sampling" : "sampling, " + capabilities.joined(separator: ", ")],
        ]
        if !findings.isEmpty { rows.append(["measured", findings.joined(separator: "; ")]) }
        if let contextLength { rows.append(["context", "\(contextLength) tokens"]) }
        return table(columns: [TextColumn(""), TextColumn("")], rows: rows, color: color)
    }
}
