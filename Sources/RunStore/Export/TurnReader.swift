public import Autodidact

/// Reads the texts of an episode's turns, which are kept as tokens, and says in which form the policy was asked.
///
/// Of an episode of one turn only the form is asked for: its prompt and response are kept as texts.
public protocol TurnReader: Sendable {
    /// Whether the policy was asked in turns of a conversation; else in plain text.
    var isConversational: Bool { get }

    /// What the model's chat template has to be told for the prompts to be those that the policy saw; empty where it needs nothing.
    var templateArguments: [String: Bool] { get }

    /// What a turn of the policy says, without special tokens.
    func said(_ tokens: [TokenID]) -> String

    /// Tokens as plain text with special tokens spelled out, so that a tokenizer finds them again.
    func spelled(_ tokens: [TokenID]) -> String

    /// What the environment says in the tokens between two turns of the policy.
    ///
    /// - Throws: Where the tokens do not follow the form.
    func observed(_ tokens: [TokenID]) throws -> String
}
