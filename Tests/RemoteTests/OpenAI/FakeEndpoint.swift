import Foundation
import Synchronization

@testable import Remote

/// What a fake endpoint knows.
struct FakeEndpointTraits: Sendable {
    /// Whether it answers what it does not know with 422; else it drops it without a word.
    var isStrict = false
    var tellsTokens = true
    /// Whether the end has a token of its own among those that are told.
    var tellsEnd = true
    var drawsSeveral = true
    /// The values that switch top_k off.
    var allTokens: Set<Int> = [-1]
    var tellsStops = true
    /// The fewest tokens to be sampled beside an echo; nil where it gives nothing back.
    var echo: Int? = 0
    /// What is added to logprobs of given texts, as by a server that computes them otherwise.
    var echoShift: Float = 0
    var counts = true
    var wantsCompletionLimit = false
    /// Whether completions never end by themselves.
    var isEndless = false

    /// As transformers serve 5.23 does it.
    static let plain = FakeEndpointTraits(
        isStrict: true, tellsTokens: false, drawsSeveral: false, allTokens: [], tellsStops: false, echo: nil)
}

/// An endpoint with a model small enough to know everything about it.
final class FakeEndpoint: FakeAnswering {
    static let model = "letters"
    let traits: FakeEndpointTraits
    private var letters: FakeLetters { FakeLetters(isEndless: traits.isEndless) }
    private let bodies = Mutex<[Data]>([])

    init(_ traits: FakeEndpointTraits = FakeEndpointTraits()) { self.traits = traits }

    /// All requests so far.
    var requests: [Asked] { bodies.withLock { $0 }.compactMap { try? JSONDecoder().decode(Asked.self, from: $0) } }

    struct Asked: Decodable, Sendable {
        let model: String
        let messages: [ChatMessage]?
        let prompt: String?
        let max_tokens: Int?
        let max_completion_tokens: Int?
        let temperature: Float
        let top_p: Float
        let top_k: Int?
        let seed: Int
        let n: Int?
        let stop: [String]?
        let echo: Bool?
        let logprobs: Wanted?

        struct Wanted: Decodable, Sendable {
            init(from decoder: any Decoder) throws {}
        }
    }

    func answer(_ path: String, _ body: Data?) -> Reply {
        guard ["chat/completions", "completions"].contains(path), let body else { return .said(404, "Not Found") }
        bodies.withLock { $0.append(body) }
        guard let asked = try? JSONDecoder().decode(Asked.self, from: body) else { return .said(422, "fields") }
        guard asked.model == Self.model else { return .said(404, "The model does not exist") }
        if traits.wantsCompletionLimit && asked.max_tokens != nil { return .said(400, "Use 'max_completion_tokens' instead.") }
        if let refused = refusal(of: asked) { return .said(422, refused) }
        let isChat = path == "chat/completions"
        let text = isChat ? asked.messages?.last?.content ?? "" : asked.prompt ?? ""
        let isEcho = asked.echo == true && traits.echo != nil
        let choices = (0..<(traits.drawsSeveral ? asked.n ?? 1 : 1)).map { choice($0, asked, text: text, isChat: isChat, isEcho: isEcho) }
        let said = choices.reduce(0) { $0 + $1.tokens }
        var answer: [String: Any] = ["object": isChat ? "chat.completion" : "text_completion", "choices": choices.map(\.json)]
        if traits.counts { answer["usage"] = ["prompt_tokens": text.utf8.count, "completion_tokens": said, "total_tokens": 0] }
        return Reply(status: 200, body: (try? JSONSerialization.data(withJSONObject: answer)) ?? Data())
    }

    private func refusal(of asked: Asked) -> String? {
        if let value = asked.top_k, !traits.allTokens.contains(value), value <= 0 { return "top_k" }
        if asked.echo == true, let least = traits.echo, asked.max_tokens ?? 0 < least { return "max_tokens" }
        return traits.isStrict && (asked.top_k != nil && traits.allTokens.isEmpty) ? "Unexpected fields" : nil
    }

    private func choice(
        _ member: Int, _ asked: Asked, text: String, isChat: Bool, isEcho: Bool
    ) -> (json: [String: Any], tokens: Int) {
        let most = asked.max_tokens ?? asked.max_completion_tokens ?? 16
        var draw = letters.draw(
            after: Array(text.utf8), most: most, temperature: asked.temperature, seed: asked.seed, member: member)
        var stopped: String?
        let whole = String(decoding: draw.letters, as: UTF8.self)
        let stops = (asked.stop ?? []).compactMap { stop in whole.range(of: stop).map { (stop, $0) } }
        if let (stop, range) = stops.min(by: { $0.1.lowerBound < $1.1.lowerBound }) {
            let kept = whole[..<range.upperBound].utf8.count
            (draw.letters, draw.logprobs, draw.end) = (Array(draw.letters.prefix(kept)), Array(draw.logprobs.prefix(kept)), nil)
            stopped = stop
        }
        let shown = draw.letters.dropLast(stopped?.utf8.count ?? 0)
        let reason = stopped != nil || draw.end != nil ? "stop" : "length"
        var json: [String: Any] = ["index": member, "finish_reason": reason]
        let said = String(decoding: shown, as: UTF8.self)
        if isChat { json["message"] = ["role": "assistant", "content": said] } else { json["text"] = (isEcho ? text : "") + said }
        if let stopped, traits.tellsStops { json["stop_reason"] = stopped }
        if asked.logprobs != nil, traits.tellsTokens { json["logprobs"] = told(draw, text: text, isChat: isChat, isEcho: isEcho) }
        return (json, draw.letters.count + (draw.end == nil ? 0 : 1))
    }

    private func told(_ draw: FakeLetters.Draw, text: String, isChat: Bool, isEcho: Bool) -> [String: Any] {
        var tokens = draw.letters.map { String(decoding: [$0], as: UTF8.self) }
        var logprobs: [Any] = draw.logprobs.map { Double($0) }
        if let end = draw.end, traits.tellsEnd {
            tokens.append("<end>")
            logprobs.append(Double(end))
        }
        if isChat {
            return ["content": zip(tokens, logprobs).map { ["token": $0, "logprob": $1, "bytes": Array($0.utf8).map(Int.init)] }]
        }
        guard isEcho else { return ["tokens": tokens, "token_logprobs": logprobs] }
        let bytes = Array(text.utf8)
        let read: [Any] = bytes.indices.map { place in
            guard place > 0, let outcome = FakeLetters.letters.firstIndex(of: bytes[place]) else { return place == 0 ? NSNull() : -2.0 }
            return Double(letters.logprobs(after: bytes[place - 1])[outcome] + traits.echoShift)
        }
        return ["tokens": bytes.map { String(decoding: [$0], as: UTF8.self) } + tokens, "token_logprobs": read + logprobs]
    }
}

extension Reply {
    /// An error as OpenAI writes it.
    static func said(_ status: Int, _ message: String, code: String? = nil) -> Reply {
        let error = ["message": message, "type": "invalid_request_error", "code": code]
        return Reply(status: status, body: (try? JSONEncoder().encode(["error": error])) ?? Data())
    }
}
