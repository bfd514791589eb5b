import Autodidact
import Backends
import LanguageModel
import Remote
import Tensors

/// How a model counts the tokens of a prompt, wherever it computes: nothing of it but its files of this machine is needed.
struct PromptReader: Sendable {
    let name: String
    let contextLength: Int
    /// The tasks that its card says it was taught; none where nothing is known.
    let taughtTasks: [String]
    /// The tokens of a request to answer a text.
    let tokens: @Sendable (String) throws -> Int
    /// The tokens of a text by itself.
    let encoded: @Sendable (String) throws -> Int
    /// The model, where it computes here.
    let policy: EmbeddedPolicy?

    /// - Throws: `BadInput` for a model at an endpoint, which does not tell.
    init(_ model: ModelName, conversation: String, assignments: [String], cores: Cores) throws {
        let settings = try RemoteSettings.resolved(assignments, for: [model])
        name = model.name
        switch model {
        case .here(let place):
            let opened = try OpenedModel(place)
            let policy = try opened.policy(cores, conversation: conversation)
            self.policy = policy
            (contextLength, taughtTasks) = (policy.contextLength, opened.taughtTasks)
            tokens = { policy.prompt(for: $0).count }
            encoded = { policy.encode($0).count }
        case .service(let address):
            let text = try OpenedPolicies.text(of: address, conversation: conversation, settings: settings)
            (contextLength, taughtTasks) = (text.contextLength, [])
            policy = nil
            tokens = { text.prompt(for: $0).count }
            encoded = { text.encode($0).count }
        case .endpoint:
            throw BadInput("model '\(model.name)': an endpoint does not tell the tokens of a prompt; name a directory with its tokenizer")
        }
    }
}
