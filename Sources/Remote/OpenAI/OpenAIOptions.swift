/// How an endpoint is asked.
public struct OpenAIOptions: Sendable, Hashable, Codable {
    /// In which of its two forms a model is asked.
    public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
        /// `chat/completions`: a prompt is a user's message, and the endpoint lays out the conversation.
        case chat
        /// `completions`: a prompt is text that the model continues, with nothing around it.
        case text

        /// Below the address.
        var path: String {
            switch self {
            case .chat: "chat/completions"
            case .text: "completions"
            }
        }
    }

    /// How the model is asked.
    public var form: Form
    /// How many requests are under way at once.
    public var connections: Int
    /// How many tokens may be used, prompts included, before nothing more is asked; 0 for any number.
    public var tokenBudget: Int

    /// A conversation, eight requests at once, any number of tokens.
    public init(form: Form = .chat, connections: Int = 8, tokenBudget: Int = 0) {
        self.form = form
        self.connections = connections
        self.tokenBudget = tokenBudget
    }
}
