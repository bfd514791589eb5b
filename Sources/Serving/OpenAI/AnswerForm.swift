import Autodidact

/// Answers and the pieces of streams as JSON.
struct AnswerForm: Sendable {
    /// What all pieces of one answer have in common.
    let plan: AnswerPlan
    let id: String
    /// Seconds since 1970.
    let created: Int
    let model: String
    let fingerprint: String?
    let logprobs: LogprobTexts

    private var isChat: Bool { plan.asked.isChat }

    /// A whole answer.
    func answer(_ choices: [JSONNode], completionTokens: Int) -> JSONNode {
        var members = head(object: isChat ? "chat.completion" : "text_completion", choices)
        members["usage"] = usage(completionTokens)
        return .object(members)
    }

    /// One piece of a stream.
    func piece(_ choices: [JSONNode], usage: JSONNode? = nil) -> JSONNode {
        var members = head(object: isChat ? "chat.completion.chunk" : "text_completion", choices)
        if plan.asked.includesUsage { members["usage"] = usage ?? .null }
        return .object(members)
    }

    /// What an answer took.
    func usage(_ completionTokens: Int) -> JSONNode {
        let prompt = plan.promptTokens
        return .object([
            "prompt_tokens": .number("\(prompt)"), "completion_tokens": .number("\(completionTokens)"),
            "total_tokens": .number("\(prompt + completionTokens)"),
        ])
    }

    /// A choice with all that was written.
    func choice(_ sequence: SequenceAnswer) -> JSONNode {
        var members = choice(sequence.index, finish: sequence.reason, tokens: sequence.tokens, isFirst: true)
        var offset = 0
        members["logprobs"] = plan.asked.alternatives == nil ? .null : logprobs(sequence.scored, offset: &offset)
        if isChat {
            members["message"] = .object(["role": .string("assistant"), "content": .string(sequence.text), "refusal": .null])
        } else {
            members["text"] = .string(sequence.text)
        }
        return .object(members)
    }

    /// A choice with what has come since the last piece.
    func delta(_ news: SequenceNews, offset: inout Int) -> JSONNode {
        var members = choice(news.index, finish: news.reason, tokens: news.tokens, isFirst: news.isFirst)
        let hasLogprobs = plan.asked.alternatives != nil && !news.scored.isEmpty
        members["logprobs"] = hasLogprobs ? logprobs(news.scored, offset: &offset) : .null
        if isChat {
            var delta: [String: JSONNode] = news.isFirst ? ["role": .string("assistant")] : [:]
            if news.isFirst || !news.text.isEmpty { delta["content"] = .string(news.text) }
            members["delta"] = .object(delta)
        } else {
            members["text"] = .string(news.text)
        }
        return .object(members)
    }

    private func choice(_ index: Int, finish reason: StopReason?, tokens: [TokenID], isFirst: Bool) -> [String: JSONNode] {
        var members: [String: JSONNode] = ["index": .number("\(index)")]
        members["finish_reason"] = reason.map { .string($0 == .length ? "length" : "stop") } ?? .null
        if plan.asked.returnsTokenIDs {
            let prompt = plan.request.prompts[index / plan.request.samples]
            members["token_ids"] = .array(tokens.map { .number("\($0)") })
            if isFirst { members["prompt_token_ids"] = .array(prompt.map { .number("\($0)") }) }
        }
        return members
    }

    private func logprobs(_ tokens: [GeneratedToken], offset: inout Int) -> JSONNode {
        isChat ? logprobs.chat(tokens) : logprobs.completions(tokens, offset: &offset)
    }

    private func head(object: String, _ choices: [JSONNode]) -> [String: JSONNode] {
        [
            "id": .string(id), "object": .string(object), "created": .number("\(created)"), "model": .string(model),
            "choices": .array(choices), "system_fingerprint": fingerprint.map(JSONNode.string) ?? .null,
        ]
    }
}
