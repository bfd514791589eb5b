import Autodidact

/// The text side of a model at an endpoint, which takes and gives texts alone.
///
/// A text is its bytes. In chat, marks say whose turn is whose, and `messages(of:)` takes them apart again. A model that continues texts
/// has no turns, and no end that could be written.
struct EndpointText: RemoteText {
    let form: OpenAIOptions.Form
    let pieces = TokenPieces()

    /// As much as can be counted: what is too long is said by the endpoint, whose tokens these are not.
    var contextLength: Int { Int(TokenID.max) }

    var endOfTurn: TokenID? { form == .chat ? TokenPieces.end : nil }

    var stopTokens: Set<TokenID> { [TokenPieces.end] }

    func encode(_ text: String) -> [TokenID] { text.utf8.map { TokenID($0) } }

    func prompt(for text: String) -> [TokenID] {
        form == .chat ? [TokenPieces.user] + encode(text) + [TokenPieces.reply] : encode(text)
    }

    func followUp(to text: String, isClosed: Bool) -> [TokenID] {
        guard form == .chat else { return encode(text) }
        return (isClosed ? [] : [TokenPieces.end]) + prompt(for: text)
    }

    func decode(_ tokens: [TokenID]) -> String { String(decoding: pieces.bytes(tokens).joined(), as: UTF8.self) }

    /// What an endpoint is to continue.
    ///
    /// - Throws: `OpenAIError.request` where there is nothing, or the beginning of a reply, which no endpoint is known to go on with.
    func prompt(of tokens: [TokenID]) throws(OpenAIError) -> EndpointRequest.Prompt {
        guard !tokens.isEmpty else { throw .request("a prompt has no tokens; an endpoint continues at least one") }
        return form == .chat ? .messages(try messages(of: tokens)) : .text(decode(tokens))
    }

    /// The turns that tokens hold; what stands before the first mark is the other side's.
    private func messages(of tokens: [TokenID]) throws(OpenAIError) -> [ChatMessage] {
        var messages: [ChatMessage] = []
        var (role, said) = (ChatMessage.Role?.some(.user), [TokenID]())
        func close() {
            // What stands between a turn's end and the next mark is the other side's too.
            if role == .user || !said.isEmpty { messages.append(ChatMessage(role: role ?? .user, content: decode(said))) }
            said = []
        }
        for token in tokens {
            switch token {
            case TokenPieces.user, TokenPieces.reply, TokenPieces.end:
                // Nothing was said before a conversation that begins with a mark.
                if !(messages.isEmpty && said.isEmpty && token == TokenPieces.user) { close() }
                role = token == TokenPieces.user ? .user : token == TokenPieces.reply ? .assistant : nil
            default: said.append(token)
            }
        }
        if role == .assistant && !said.isEmpty {
            throw .request("a reply that was begun cannot be gone on with in chat; ask for text, or use a model of this machine")
        }
        close()
        return messages
    }
}
