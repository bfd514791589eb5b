extension MathParser {
    /// A letter from A to H in brackets or with one behind it, and what follows.
    mutating func choice() throws(MathFault) -> MathNode? {
        let isOpen = isAt("(")
        guard let letter = ahead(isOpen ? 1 : 0)?.letter, "A"..."H" ~= letter, letter.utf8.count == 1 else { return nil }
        let end = ahead(isOpen ? 2 : 1)
        guard isOpen ? end?.isMark(")") == true : end?.isMark(")") == true || end?.isMark(".") == true || end?.isMark(":") == true else {
            return tokens.count == 1 ? .choice(letter, nil) : nil
        }
        let rest = Array(tokens.dropFirst(position + (isOpen ? 3 : 2)))
        if rest.isEmpty { return .choice(letter, nil) }
        // What is no bracketed letter before something else, but a product such as (A)(B).
        if isOpen && rest[0].isMark("(") { return nil }
        if isOpen, case .mark(let name) = rest[0].kind, ["^", "*", "/", "+", "-", "=", "!", "∪"].contains(name) { return nil }
        let content = try? Self.answer(of: rest)
        if case .choice? = content { throw .unreadable }
        // What is neither read nor plain words could name a second letter.
        guard content != nil || rest.allSatisfy({ $0.word != nil || $0.number != nil }) else { throw .unreadable }
        return .choice(letter, content)
    }
}
