public import Autodidact

/// What makes tokens of texts for a model that is elsewhere: services take and give tokens alone.
public protocol RemoteText: Sendable {
    /// The most tokens that the model takes.
    var contextLength: Int { get }
    /// The token that ends a turn of the model.
    var endOfTurn: TokenID? { get }
    /// All tokens that end a response.
    var stopTokens: Set<TokenID> { get }
    /// The tokens of a text; special tokens written in it are ordinary text.
    func encode(_ text: String) throws -> [TokenID]
    /// The tokens of a request to answer a text.
    func prompt(for text: String) throws -> [TokenID]
    /// The tokens between a finished turn of the model and its next.
    func followUp(to text: String, isClosed: Bool) throws -> [TokenID]
    /// The text of tokens, without special tokens.
    func decode(_ tokens: [TokenID]) -> String
}
