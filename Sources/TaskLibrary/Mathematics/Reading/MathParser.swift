/// Reads tokens as one answer: every token has a place, or nothing is read.
struct MathParser {
    let tokens: [MathToken]
    var position = 0
    private var depth = 0
    /// Bars that are open, of which the next one is the end.
    var bars = 0
    /// What ± stands for in this reading.
    var takesMinus = false
    /// Whether a ± was met.
    var hasAlternatives = false

    /// Brackets, fractions, roots and exponents in each other.
    private static let deepest = 20
    /// The most elements of a list.
    static let mostElements = 64

    /// The answer that a text states.
    static func answer(in text: some StringProtocol) throws(MathFault) -> MathNode {
        try answer(of: try MathLexer.tokens(of: text))
    }

    /// The answer that tokens state.
    static func answer(of tokens: [MathToken]) throws(MathFault) -> MathNode {
        var parser = MathParser(tokens)
        if let words = parser.words() { return words }
        if let choice = try parser.choice() { return choice }
        let node = try parser.list()
        guard parser.position == tokens.count else { throw .unreadable }
        return node
    }

    init(_ tokens: [MathToken]) { self.tokens = tokens }

    var token: MathToken? { position < tokens.count ? tokens[position] : nil }

    func ahead(_ offset: Int) -> MathToken? { position + offset < tokens.count ? tokens[position + offset] : nil }

    func isAt(_ name: String) -> Bool { token?.isMark(name) ?? false }

    /// Steps over a mark where it stands.
    mutating func take(_ name: String) -> Bool {
        guard isAt(name) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ name: String) throws(MathFault) {
        guard take(name) else { throw .unreadable }
    }

    /// Reads something in brackets, or in an exponent; refused where it is nested too deep.
    mutating func nested(_ read: (inout MathParser) throws(MathFault) -> MathNode) throws(MathFault) -> MathNode {
        guard depth < Self.deepest else { throw .tooLarge }
        depth += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    /// An answer of nothing but words.
    private func words() -> MathNode? {
        let words = tokens.compactMap(\.word)
        guard words.count == tokens.count, !words.isEmpty else { return nil }
        return .words(words.joined(separator: " "))
    }

    /// Statements between commas, semicolons, `and` and `or`.
    private mutating func list() throws(MathFault) -> MathNode {
        var (elements, hasOr): ([MathNode], Bool) = ([], false)
        repeat {
            guard elements.count < Self.mostElements else { throw .tooLarge }
            elements += try alternatives()
        } while takeSeparator(&hasOr)
        return elements.count == 1 ? elements[0] : .list(elements, hasOr: hasOr)
    }

    private mutating func takeSeparator(_ hasOr: inout Bool) -> Bool {
        let start = position
        if !take(",") { _ = take(";") }
        if take("or") { hasOr = true } else { _ = take("and") }
        return position > start
    }

    /// A statement, or the two that a ± makes of it.
    mutating func alternatives() throws(MathFault) -> [MathNode] {
        let start = position
        (takesMinus, hasAlternatives) = (false, false)
        let first = try statement()
        guard hasAlternatives else { return [first] }
        (position, takesMinus) = (start, true)
        return [first, try statement()]
    }

    /// Sides with relations between them, or one side alone.
    private mutating func statement() throws(MathFault) -> MathNode {
        var (sides, relations): ([MathNode], [Relation]) = ([], [])
        if let name = defined() { sides.append(name) } else { sides.append(try side()) }
        while case .mark(let name)? = token?.kind, let relation = Relation(rawValue: name) {
            guard relations.count < 8 else { throw .tooLarge }
            position += 1
            relations.append(relation)
            sides.append(try side())
        }
        return relations.isEmpty ? sides[0] : .relation(sides, relations)
    }

    /// The name of a function with its variables, as in `f(x) =`.
    private mutating func defined() -> MathNode? {
        guard let name = token?.letter, ahead(1)?.isMark("(") == true else { return nil }
        var (offset, names): (Int, [String]) = (2, [])
        while let letter = ahead(offset)?.letter {
            names.append(letter)
            offset += 2
            if ahead(offset - 1)?.isMark(",") != true { break }
        }
        guard !names.isEmpty, ahead(offset - 1)?.isMark(")") == true, ahead(offset)?.isMark("=") == true else { return nil }
        position += offset
        return .letter("\(name)(\(names.joined(separator: ",")))")
    }

    /// One side of a relation: unions and differences of sets, or one expression.
    mutating func side() throws(MathFault) -> MathNode {
        var parts = [try measured()]
        while take("∪") {
            guard parts.count < Self.mostElements else { throw .tooLarge }
            parts.append(try measured())
        }
        let whole = parts.count == 1 ? parts[0] : MathNode.union(parts)
        return take("∖") ? .without(whole, try measured()) : whole
    }
}
