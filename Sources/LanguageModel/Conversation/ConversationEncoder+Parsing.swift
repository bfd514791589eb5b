/// A turn that was read from tokens.
public struct ParsedTurn: Hashable, Sendable {
    /// The messages in it: one, or several answers of tools that share a turn.
    public let messages: [Message]
    /// Its tokens from the mark that begins it to what follows the mark that ends it.
    public let tokens: Range<Int>
    /// The tokens that hold any of what is said.
    public let content: Range<Int>
    /// Whether the turn was ended; only the last may be open.
    public let isClosed: Bool
}

extension ConversationEncoder {
    /// The turns that tokens consist of.
    ///
    /// What the template adds to a message is taken away again where it cannot be mistaken: dates before the system's words, the
    /// frames of tools' answers. White space that a template trimmed is not brought back. Plain text has no marks: it is read as one
    /// message of a user.
    /// - Throws: `ConversationError.unexpectedTokens`.
    public func turns(in tokens: [Int32]) throws(ConversationError) -> [ParsedTurn] {
        switch format.layout {
        case .plain:
            let start = tokens.starts(with: beginning) ? beginning.count : 0
            let message = Message(.user, tokenizer.decode(tokens[start...], skipSpecial: false))
            return [ParsedTurn(messages: [message], tokens: 0..<tokens.count, content: start..<tokens.count, isClosed: false)]
        case .chatML(let layout):
            return try turns(in: tokens, start: ChatMLLayout.start, endOfHeader: nil, breaks: "\n") { role, content in
                if layout.groupsToolAnswers, role == "user", let answers = Self.toolAnswers(content) {
                    return answers.map { Message(.tool, $0) }
                }
                return Message.Role(rawValue: role).map { [Message($0, content)] }
            }
        case .headers(let layout):
            return try turns(in: tokens, start: HeaderLayout.start, endOfHeader: HeaderLayout.endOfHeader, breaks: "\n\n") {
                role, content in
                guard let named = Message.Role.allCases.first(where: { layout.name(of: $0) == role }) else { return nil }
                if named == .tool, layout.date != nil { return [Message(.tool, Self.unquoted(content) ?? content)] }
                if named == .system, let preamble = layout.preamble, content.begins(with: preamble) {
                    return [Message(.system, content.dropping(bytesAtStart: preamble.utf8.count))]
                }
                return [Message(named, content)]
            }
        }
    }

    private func turns(
        in tokens: [Int32], start: String, endOfHeader: String?, breaks: String, messages: (String, String) -> [Message]?
    ) throws(ConversationError) -> [ParsedTurn] {
        let startID = tokenizer.id(ofToken: start)
        let headerID = endOfHeader.flatMap { tokenizer.id(ofToken: $0) }
        let marks: Set<Int32?> = [startID, headerID, endOfTurn]
        func failure(_ index: Int, _ reason: String) -> ConversationError {
            .unexpectedTokens(at: index, format: format.name, reason: reason)
        }
        func text(_ range: Range<Int>) -> String { tokenizer.decode(tokens[range], skipSpecial: false) }

        var turns: [ParsedTurn] = []
        var index = tokens.first.flatMap { id in HeaderLayout.beginning == tokenizer.spelling(of: id) ? 1 : nil } ?? 0
        while index < tokens.count {
            let first = index
            guard tokens[first] == startID else { throw failure(first, "a turn must begin with \(start)") }
            let header = try headerID.map { (mark) throws(ConversationError) in
                guard let end = tokens[first...].firstIndex(of: mark) else { throw failure(first, "its header does not end") }
                return end
            }
            let bodyStart = (header ?? first) + 1
            let end = tokens[bodyStart...].firstIndex { marks.contains($0) } ?? tokens.count
            guard end == tokens.count || tokens[end] == endOfTurn else { throw failure(end, "the turn before it was not ended") }
            let body = text(bodyStart..<end).unicodeScalars
            let role: String
            let frame: Int
            if let header {
                guard body.starts(with: breaks.unicodeScalars) else { throw failure(bodyStart, "two line breaks must follow a header") }
                (role, frame) = (text((first + 1)..<header), breaks.unicodeScalars.count)
            } else {
                guard body.contains("\n") else { throw failure(first, "its role does not end in a line break") }
                role = String(String.UnicodeScalarView(body.prefix { $0 != "\n" }))
                frame = role.unicodeScalars.count + 1
            }
            let content = String(String.UnicodeScalarView(body.dropFirst(frame)))
            guard let said = messages(role, content) else { throw failure(first, "“\(role)” is no role") }
            // Only behind a known role, which is short: the search decodes what it has walked over again and again.
            let contentStart = firstToken(in: bodyStart..<end, afterScalars: frame, of: tokens)
            index = end == tokens.count ? end : end + 1
            let following = tokens[index...].firstIndex { marks.contains($0) } ?? tokens.count
            if text(index..<following) == format.afterTurn { index = following }
            turns.append(
                ParsedTurn(messages: said, tokens: first..<index, content: contentStart..<end, isClosed: end < tokens.count))
        }
        return turns
    }

    /// The first token of `range` that holds anything after so many scalars of its text.
    private func firstToken(in range: Range<Int>, afterScalars count: Int, of tokens: [Int32]) -> Int {
        for index in range {
            let length = tokenizer.decode(tokens[range.lowerBound...index], skipSpecial: false).unicodeScalars.count
            if length > count { return index }
            if length == count { return index + 1 }
        }
        return range.upperBound
    }

    /// What tools answered, where a text consists of nothing else.
    private static func toolAnswers(_ content: String) -> [String]? {
        let (opening, closing) = ("<tool_response>\n", "\n</tool_response>")
        let frame = (start: opening.utf8.count, end: closing.utf8.count)
        guard content.begins(with: opening), content.ends(in: closing), content.utf8.count >= frame.start + frame.end else { return nil }
        return content.dropping(bytesAtStart: frame.start, atEnd: frame.end).pieces(between: closing + "\n" + opening)
    }

    private static func unquoted(_ text: String) -> String? {
        (try? JSONParser.parse(Array(text.utf8)))?.string  // what is no JSON stays as it is
    }
}
