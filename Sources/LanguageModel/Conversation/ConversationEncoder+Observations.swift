extension ConversationEncoder {
    /// What is said in the tokens between two turns of the assistant: the end of the one where it was cut off, the other side's turn,
    /// and the opening of the next.
    ///
    /// - Throws: `ConversationError.unexpectedTokens`.
    public func observation(in tokens: [Int32]) throws(ConversationError) -> String {
        let mark: String
        switch format.layout {
        case .plain: return tokenizer.decode(tokens)
        case .chatML: mark = ChatMLLayout.start
        case .headers: mark = HeaderLayout.start
        }
        let start = tokenizer.id(ofToken: mark)
        guard let first = tokens.firstIndex(where: { $0 == start }) else {
            throw .unexpectedTokens(at: 0, format: format.name, reason: "no turn begins between two of the assistant")
        }
        let turns = try turns(in: Array(tokens[first...]))
        guard turns.count == 2, let said = turns.first, let next = turns.last, next.messages.first?.role == .assistant, !next.isClosed
        else {
            throw .unexpectedTokens(at: first, format: format.name, reason: "one turn must stand between two of the assistant")
        }
        return said.messages.map(\.content).joined(separator: "\n")
    }
}
