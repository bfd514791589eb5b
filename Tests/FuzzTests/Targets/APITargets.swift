import Autodidact
import HTTPTypes
import Hummingbird
import NIOCore
import RunStore
import Synchronization
import TestSupport

@testable import Serving

/// Bodies of requests to the API server, answered by an engine whose answers are known.
///
/// Whatever is asked is answered in full, whole and in pieces alike, or refused with an error that clients can read.
let apiTargets = [false, true].map { isChat in
    FuzzTarget(
        isChat ? "api-chat" : "api-completions", words: apiWords,
        corpus: { (isChat ? chatBodies : completionBodies).map { FuzzInput("body.json", $0.utf8) } },
        run: { input in
            let asked: AskedAnswer
            do throws(APIError) {
                asked = try AskedAnswer(body: input.bytes, isChat: isChat)
            } catch {
                // The server says the same.
                let refused = try await APIExchange(input.bytes, isChat: isChat)
                try require(refused.status == error.status.code, "'\(error)' is answered \(refused.status)")
                try refused.checkError()
                throw error
            }
            let answer = try await APIExchange(input.bytes, isChat: isChat)
            guard answer.status == 200 else {
                let message = try answer.checkError()
                throw RequestRefused([answer.status], saying: message)
            }
            try answer.check(asked)
        })
}

/// A request that the responder has answered to the end.
private struct APIExchange {
    let status: Int
    let text: String

    init(_ body: [UInt8], isChat: Bool) async throws {
        var limits = ServerLimits()
        limits.bodyBytes = .max
        let responder = APIResponder(
            ScriptedEngine(), model: ServedModelName("m", fingerprint: nil, created: 0), bearer: Bearer(token: nil), limits: limits,
            clock: ManualClock())
        let path = isChat ? "/v1/chat/completions" : "/v1/completions"
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: "localhost", path: path, headerFields: [.contentType: "application/json"])
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let response = try await responder.respond(to: request, context: APIContext())
        let written = Written()
        try await response.body.write(written)
        (status, text) = (response.status.code, written.text.withLock { $0 })
    }

    /// Passes where it is an error as clients read it; returns what it says.
    @discardableResult
    func checkError() throws -> String {
        let node = try JSONNodeReader.read(text)
        guard case .object(let outer) = node, case .object(let error)? = outer["error"], case .string(let message)? = error["message"],
            error.keys.sorted() == ["code", "message", "param", "type"]
        else { throw Violation("this is no error of the API's: \(text.prefix(200))") }
        return message
    }

    /// Passes where it answers all that was asked.
    func check(_ asked: AskedAnswer) throws {
        let count = asked.prompts.count * asked.samples
        guard asked.isStreamed else {
            guard case .object(let answer) = try JSONNodeReader.read(text), case .array(let choices)? = answer["choices"] else {
                throw Violation("this is no answer of the API's: \(text.prefix(200))")
            }
            return try require(choices.count == count, "\(count) choices are asked for, and \(choices.count) come")
        }
        let events = text.split(separator: "\n\n")
        try require(events.last == "data: [DONE]", "the stream ends in \(events.last.map { String($0.suffix(100)) } ?? "nothing")")
        var ended = 0
        for event in events.dropLast() {
            guard event.hasPrefix("data: "), case .object(let piece) = try JSONNodeReader.read(String(event.dropFirst(6))),
                case .array(let choices)? = piece["choices"]
            else { throw Violation("this is no piece of an answer: \(event.prefix(200))") }
            ended += choices.count { choice in
                if case .object(let members) = choice, case .string? = members["finish_reason"] { true } else { false }
            }
        }
        try require(ended == count, "\(count) choices are asked for, and \(ended) end")
    }

    private final class Written: ResponseBodyWriter, Sendable {
        let text = Mutex("")

        func write(_ buffer: ByteBuffer) async throws { text.withLock { $0 += String(buffer: buffer) } }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

private let completionBodies = [
    #"{"model": "m", "prompt": "hello"}"#,
    #"{"model": "m", "prompt": ["a", "b!"], "n": 2, "max_tokens": 3, "temperature": 0, "stop": ["x", "\n\n"], "seed": 1234}"#,
    #"{"model": "m", "prompt": [[104, 101], [121]], "max_tokens": 1, "temperature": 0, "logprobs": 1, "echo": true, "seed": 1234}"#,
    #"{"model": "m", "prompt": [1, 256, 3], "stream": true, "stream_options": {"include_usage": true}, "logprobs": 5, "top_p": 0.5}"#,
    #"{"model": "m", "prompt": "é€\u00e9", "top_k": 5, "best_of": 1, "suffix": null, "logit_bias": {}, "user": "u", "echo": true}"#,
]

private let chatBodies = [
    #"{"model": "m", "messages": [{"role": "user", "content": "hi!"}]}"#,
    #"{"model": "m", "messages": [{"role": "system", "content": [{"type": "text", "text": ""}]}, {"role": "user", "content":""}], "n":2}"#,
    #"{"model": "m", "messages": [{"role": "assistant", "content": "é"}], "logprobs": true, "top_logprobs": 3, "max_tokens": 4}"#,
    #"{"model": "m", "messages": [{"role": "tool", "content": "1", "tool_call_id": "x"}], "stream": true, "stop": "c", "tools": []}"#,
    #"{"model": "m", "messages": [{"role": "developer", "content": ""}], "response_format": {"type": "text"}, "return_token_ids": true}"#,
]

private let apiWords = [
    "model", "prompt", "messages", "role", "content", "user", "assistant", "system", "developer", "tool", "text", "type", "image_url",
    "max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k", "n", "best_of", "stop", "seed", "logprobs", "top_logprobs",
    "echo", "stream", "stream_options", "include_usage", "return_token_ids", "frequency_penalty", "logit_bias", "tools", "response_format",
    "<|mark|>", "!", "m", "\n", "\\u0000", "\\ud83d\\ude00", "é",
]
