import Autodidact
import Backends
import LanguageModel
import Randomness
import Remote
import Tensors

/// A policy to measure, wherever it computes.
struct MeasuredPolicy: Sendable {
    let policy: any Policy
    /// Names the weights in results; empty where they are not known.
    let weightsHash: String

    private init(policy: any Policy, weightsHash: String) {
        (self.policy, self.weightsHash) = (policy, weightsHash)
    }

    /// A model of this machine.
    init(_ embedded: EmbeddedPolicy) async {
        (policy, weightsHash) = (embedded, await embedded.snapshot().weightsHash)
    }

    /// The model of a name.
    ///
    /// - Parameter adapter: A directory of PEFT's, for a model of this machine.
    init(
        _ model: ModelName, on shelf: ModelShelf, cores: Cores, conversation: String, adapter: String? = nil, key: Secret?,
        settings: BackendSettings, policies: OpenedPolicies
    ) async throws {
        if adapter != nil, let url = model.url {
            throw BadInput("--adapter is for models of this machine, and '\(model.name)' computes at \(url)")
        }
        switch model {
        case .here(let place):
            await self.init(try OpenedModel(place).policy(cores, conversation: conversation, adapterFolder: adapter))
        case .service(let address):
            let service = try await policies.service(
                address, key: key, conversation: conversation, settings: settings, seed: SeedTree(root: 0))
            self.init(policy: service.policy, weightsHash: "")
        case .endpoint(let address):
            let endpoint = try await policies.endpoint(address, key: key, conversation: conversation, settings: settings)
            self.init(policy: endpoint, weightsHash: "")
        }
    }
}
