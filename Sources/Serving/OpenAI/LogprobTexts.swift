import Autodidact

/// Tokens with their logprobs as answers show them.
struct LogprobTexts: Sendable {
    /// How a token is written.
    let spelling: @Sendable (TokenID) -> TokenSpelling
    /// What stands for a logprob that JSON has no number for: very unlikely.
    private static let unlikely: Float = -9999

    /// The parallel arrays of `completions`; `offset`, in characters of the text, is moved on.
    func completions(_ tokens: [GeneratedToken], offset: inout Int) -> JSONNode {
        var (texts, logprobs, tops, offsets): ([JSONNode], [JSONNode], [JSONNode], [JSONNode]) = ([], [], [], [])
        for token in tokens {
            texts.append(.string(name(of: token.token)))
            logprobs.append(token.logprob.map(Self.number) ?? .null)
            offsets.append(.number("\(offset)"))
            offset += characters(of: token.token)
            guard let own = token.logprob else {
                tops.append(.null)
                continue
            }
            // The token itself belongs to them, so that there is one more where it is not among the most probable.
            var top = token.alternatives.map { (name(of: $0.token), Self.number($0.logprob)) }
            top.append((name(of: token.token), Self.number(own)))
            tops.append(.object(Dictionary(top, uniquingKeysWith: { first, _ in first })))
        }
        return .object([
            "tokens": .array(texts), "token_logprobs": .array(logprobs), "top_logprobs": .array(tops), "text_offset": .array(offsets),
        ])
    }

    /// The list of `chat/completions`.
    func chat(_ tokens: [GeneratedToken]) -> JSONNode {
        let content = tokens.map { token in
            var entry = members(token.token, token.logprob ?? Self.unlikely)
            entry["top_logprobs"] = .array(token.alternatives.map { .object(members($0.token, $0.logprob)) })
            return JSONNode.object(entry)
        }
        return .object(["content": .array(content), "refusal": .null])
    }

    private func members(_ token: TokenID, _ logprob: Float) -> [String: JSONNode] {
        let spelling = spelling(token)
        let bytes = spelling.isMark ? JSONNode.null : .array(spelling.bytes.map { .number("\($0)") })
        return ["token": .string(name(of: token)), "logprob": Self.number(logprob), "bytes": bytes]
    }

    /// A token as text; one that is no text is told byte by byte, so that tokens stay apart.
    private func name(of token: TokenID) -> String {
        let bytes = spelling(token).bytes
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return "bytes:" + bytes.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// How many characters begin in a token.
    private func characters(of token: TokenID) -> Int {
        let spelling = spelling(token)
        return spelling.isMark ? 0 : spelling.bytes.count { $0 & 0xC0 != 0x80 }
    }

    private static func number(_ logprob: Float) -> JSONNode { .number("\(logprob.isFinite ? max(logprob, unlikely) : unlikely)") }
}
