import Autodidact
import Texts

extension AskedAnswer {
    /// What the body of a request to `completions` or `chat/completions` asks for.
    ///
    /// - Throws: Where it is malformed, out of bounds, or asks for what this server does not do: nothing is passed over that would change
    ///   the answer.
    init(body: [UInt8], isChat: Bool) throws(APIError) {
        var fields = try RequestFields(body)
        guard let model = try fields.string("model") else {
            throw .invalid("'model' is missing: name the model, see /v1/models", parameter: "model", code: "missing_required_parameter")
        }
        self.init(isChat: isChat, model: model, prompts: try isChat ? Self.messages(&fields) : Self.prompts(&fields))
        try readSampling(&fields)
        if isChat { try readChat(&fields) } else { try readCompletions(&fields) }
        isStreamed = try fields.flag("stream") ?? false
        try readStreamOptions(&fields)
        returnsTokenIDs = try fields.flag("return_token_ids") ?? false
        try Self.refuseOthers(&fields, isChat: isChat)
    }

    private mutating func readSampling(_ fields: inout RequestFields) throws(APIError) {
        samples = try fields.whole("n", in: 1...Self.mostSamples) ?? 1
        let degree = try fields.number("temperature", in: 0...2) ?? 1
        guard degree == 0 || degree >= Self.leastTemperature else {
            throw .unsupported("temperature", "is too low; it must be 0, which is greedy, or from \(Self.leastTemperature) up to 2")
        }
        temperature = Float(degree)
        topP = Float(try fields.number("top_p", in: 0...1) ?? 1)
        // So small that as a Float it is 0 counts too.
        guard topP > 0 else { throw .unsupported("top_p", "is 0; it must be above 0, at most 1; for greedy answers send temperature 0") }
        topK = max(0, try fields.whole("top_k", in: -1...Int(Int32.max)) ?? 0)
        seed = try fields.whole("seed", in: Int.min...Int.max)
        stops = try Self.stops(&fields)
    }

    private mutating func readCompletions(_ fields: inout RequestFields) throws(APIError) {
        maximumTokens = try fields.whole("max_tokens", in: 0...Int(Int32.max))
        alternatives = try fields.whole("logprobs", in: 0...Self.mostAlternatives)
        echoes = try fields.flag("echo") ?? false
        if let best = try fields.whole("best_of", in: 1...Self.mostSamples), best != samples {
            throw .unsupported("best_of", "is \(best), but this server returns all that it samples; leave it out, or send what 'n' is")
        }
    }

    private mutating func readChat(_ fields: inout RequestFields) throws(APIError) {
        let limit = try fields.whole("max_completion_tokens", in: 1...Int(Int32.max))
        let older = try fields.whole("max_tokens", in: 1...Int(Int32.max))
        if let limit, let older, limit != older {
            throw .invalid(
                "'max_tokens' is \(older) and 'max_completion_tokens' \(limit); send one of them", parameter: "max_tokens",
                code: "invalid_value")
        }
        maximumTokens = limit ?? older
        let wantsLogprobs = try fields.flag("logprobs") ?? false
        let top = try fields.whole("top_logprobs", in: 0...Self.mostAlternatives)
        if top != nil && !wantsLogprobs {
            throw .invalid("'top_logprobs' needs 'logprobs' to be true", parameter: "top_logprobs", code: "invalid_value")
        }
        alternatives = wantsLogprobs ? top ?? 0 : nil
    }

    private mutating func readStreamOptions(_ fields: inout RequestFields) throws(APIError) {
        guard let node = fields.node("stream_options") else { return }
        guard case .object(var members) = node else { throw .wrongType("stream_options", is: node, expected: "an object") }
        guard isStreamed else {
            throw .invalid("'stream_options' needs 'stream' to be true", parameter: "stream_options", code: "invalid_value")
        }
        for name in ["include_usage", "include_obfuscation"] {
            switch members.removeValue(forKey: name) ?? .null {
            case .bool(let value) where name == "include_usage": includesUsage = value
            case .bool(false), .null: break
            case .bool: throw .unsupported("stream_options.\(name)", "is true, and this server does not do that")
            case let node: throw .wrongType("stream_options.\(name)", is: node, expected: "true or false")
            }
        }
        guard let name = members.keys.min() else { return }
        let path = "stream_options.\(name.shown)"
        throw .invalid("unknown parameter '\(path)'", parameter: path, code: "unknown_parameter")
    }

    private static func stops(_ fields: inout RequestFields) throws(APIError) -> [String] {
        let expected = "a string or an array of strings"
        var stops: [String] = []
        switch fields.node("stop") {
        case nil: return []
        case .string(let stop): stops = [stop]
        case .array(let nodes):
            for node in nodes {
                guard case .string(let stop) = node else { throw .wrongType("stop", is: node, expected: expected) }
                stops.append(stop)
            }
        case let node?: throw .wrongType("stop", is: node, expected: expected)
        }
        guard stops.count <= mostStops, stops.allSatisfy({ (1...longestStop).contains($0.utf8.count) }) else {
            throw .invalid(
                "'stop' takes at most \(mostStops) strings of 1 to \(longestStop) bytes", parameter: "stop", code: "invalid_value")
        }
        return stops
    }
}
