import Autodidact
import Foundation
import Randomness
import TestSupport

@testable import Remote

/// What an OpenAI-compatible endpoint answers: as completions of a chat and of a text, as logprobs of a given text, and as a refusal.
let endpointTargets = [
    FuzzTarget(
        "endpoint-answer",
        words: [
            "\"choices\"", "\"message\"", "\"text\"", "\"logprobs\"", "\"content\"", "\"bytes\"", "\"finish_reason\"", "\"stop_reason\"",
            "\"usage\"", "\"completion_tokens\"", "\"error\"", "null", "1e999", "-9223372036854775808", "\\ud800", "\"stop\"", "\"length\"",
        ],
        places: ["http://127.0.0.1:1/v1"],
        corpus: { answers.map { FuzzInput("answer.json", $0.utf8) } },
        run: { input in
            var refusals: [any Error] = []
            for form in OpenAIOptions.Form.allCases {
                for request in [Sampled(), Sampled(stops: ["b"], tellsTokens: false), Sampled(temperature: 0)] {
                    do { try await request.check(on: input.bytes, in: form) } catch { refusals.append(error) }
                }
            }
            let asked = ScoredSequence(context: [97], targets: [98])
            do { _ = try await policy(answering: 200, input.bytes, .text).logprobs(of: [asked]) } catch { refusals.append(error) }
            do { try await Sampled().check(status: 400, on: input.bytes, in: .chat) } catch { refusals.append(error) }
            let places = ["http://127.0.0.1:1/v1"]
            for refusal in refusals { if let fault = Refusal.fault(of: refusal, places: places) { throw Violation(fault) } }
        })
]

private let answers = [
    #"{"choices":[{"index":0,"text":"ab","finish_reason":"length","logprobs":{"tokens":["a","b"],"token_logprobs":[null,-1]}}]}"#,
    #"{"choices":[{"text":"b","finish_reason":"stop","stop_reason":null}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
    #"{"choices":[{"message":{"content":"é"},"finish_reason":"stop","logprobs":{"content":[{"token":"?","logprob":-1,"bytes":[195]},"#
        + #"{"token":"?","logprob":-2,"bytes":[169]}]}}]}"#,
    #"{"error":{"message":"no such model","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
]

/// A request and what must hold of its completion, whatever was answered.
private struct Sampled {
    var stops: [String] = []
    var tellsTokens = true
    var temperature: Float = 1

    func check(status: Int = 200, on answer: [UInt8], in form: OpenAIOptions.Form) async throws {
        let policy = policy(answering: status, answer, form, tellsTokens: tellsTokens)
        let request = SamplingRequest(prompt: policy.prompt(for: "a"), count: 1, key: SeedTree(root: 1))
        let options = SamplingOptions(temperature: temperature, maximumTokens: 8, stopStrings: stops)
        for completion in try await policy.sample([request], options: options).joined() {
            let tokens = completion.tokens
            try require(tokens.count <= 8, "\(tokens.count) tokens")
            try require([0, tokens.count].contains(completion.logprobs.count), "\(completion.logprobs.count) logprobs")
            try require(completion.logprobs.values.allSatisfy(\.isFinite), "a logprob that is not finite")
            try require((completion.stopReason == .endOfText) == (tokens.last == TokenPieces.end), "an end without its token")
            _ = policy.decode(tokens)
        }
    }
}

private func policy(
    answering status: Int, _ body: [UInt8], _ form: OpenAIOptions.Form, tellsTokens: Bool = true
) -> OpenAIPolicy {
    let address = OpenAIAddress(url: "http://127.0.0.1:1/v1", model: "m")
    let transport = Answering(reply: Reply(status: status, body: Data(body)))
    let traits = EndpointTraits(tellsTokens: tellsTokens, tellsStops: true, scoring: .echo(sampled: 0))
    return OpenAIPolicy(
        name: address.description, address: address, options: OpenAIOptions(form: form), traits: traits,
        connection: EndpointConnection(
            to: address.url, form: form, over: transport, pacing: Pacing(clock: ManualClock()), budget: TokenBudget(0)),
        text: EndpointText(form: form))
}

/// Says one thing to everything.
private struct Answering: Transport {
    let reply: Reply

    func exchange(_ path: String, body: Data?, within limit: Duration) async throws -> Reply { reply }

    func close() async throws {}
}
