import Autodidact
import Backends
import LanguageModel
import Randomness
import Remote
import Tensors

/// A policy to train, wherever it computes.
struct TrainedPolicy: Sendable {
    let policy: any TrainablePolicy
    /// The conversation format in which it is asked.
    let conversation: String
    /// The tasks that its card says it was taught; none where nothing is known.
    let taughtTasks: [String]

    /// The policy that a run trains.
    ///
    /// - Throws: `RecipeMismatch` for a model at an endpoint, which does not learn.
    init(_ model: ModelName, of run: ComposedRun, cores: Cores, key: Secret?, policies: OpenedPolicies) async throws {
        try run.check(model)
        let settings = run.settings
        switch model {
        case .here(let place):
            let opened = try OpenedModel(place)
            let embedded = try opened.policy(cores, of: settings)
            (policy, conversation, taughtTasks) = (embedded, embedded.conversation.format.name, opened.taughtTasks)
        case .service(let address):
            let service = try await policies.service(
                address, key: key, conversation: settings.conversation, settings: run.backend, seed: SeedTree(root: settings.seed))
            (policy, conversation, taughtTasks) = (service.policy, service.text.conversationName, [])
        case .endpoint(let address):
            throw BadInput("model '\(address)' cannot be trained where it is; name one of this machine or of a training service")
        }
    }
}
