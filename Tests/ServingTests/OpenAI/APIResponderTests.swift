import Autodidact
import HTTPTypes
import TestSupport
import Testing

@testable import Serving

/// Without sockets, over an engine whose answers are known: letters after each other from `a` where greedy.
@Suite("Answers in OpenAI's form")
struct APIResponderTests {
    private static func completion(_ members: String, prompt: String = "\"hey\"") -> [UInt8] {
        AskedAnswerTests.completion("\"temperature\": 0\(members.isEmpty ? "" : ", ")\(members)", prompt: prompt)
    }

    private static func chat(_ members: String) -> [UInt8] {
        AskedAnswerTests.chat("\"temperature\": 0\(members.isEmpty ? "" : ", ")\(members)")
    }

    @Test("a completion has its text, why it ended, and what it took")
    func completion() async throws {
        let answer = try await APIAnswer.post(Self.completion("\"max_tokens\": 4"))
        #expect(answer.status == 200 && answer.headers[.contentType] == "application/json" && !answer.endsConnection)
        let expected = """
            {"choices":[{"finish_reason":"length","index":0,"logprobs":null,"text":"abcd"}],"created":0,\
            "id":"cmpl-00000000000000010000000000000002","model":"m","object":"text_completion","system_fingerprint":"fp",\
            "usage":{"completion_tokens":4,"prompt_tokens":3,"total_tokens":7}}
            """
        #expect(try answer.json == JSONNodeReader.read(expected), "\(answer.text)")
    }

    @Test("a chat completion has a message of the assistant")
    func chat() async throws {
        let answer = try await APIAnswer.post(Self.chat("\"max_tokens\": 2"), chat: true)
        let expected = """
            {"choices":[{"finish_reason":"length","index":0,"logprobs":null,"message":{"content":"ab","refusal":null,"role":"assistant"}}],\
            "created":0,"id":"chatcmpl-00000000000000010000000000000002","model":"m","object":"chat.completion",\
            "system_fingerprint":"fp","usage":{"completion_tokens":2,"prompt_tokens":6,"total_tokens":8}}
            """
        #expect(answer.status == 200)
        #expect(try answer.json == JSONNodeReader.read(expected), "\(answer.text)")
    }

    @Test("an answer without a limit has 16 tokens, a message as many as there is room for")
    func defaults() async throws {
        let completion = try await APIAnswer.post(Self.completion("")).json
        #expect(completion.at("usage", "completion_tokens") == .number("16"))
        let near = try await APIAnswer.post(Self.completion("", prompt: "\"\(String(repeating: "x", count: 60))\"")).json
        #expect(near.at("usage", "completion_tokens") == .number("4"))
        let chat = try await APIAnswer.post(Self.chat(""), chat: true).json
        #expect(chat.at("usage", "completion_tokens") == .number("58"))
    }

    @Test(
        "an answer ends by itself, at a stop string, or at its limit",
        arguments: [
            ("\"hey!\"", "", "stop", "abc"), ("\"hey\"", "\"stop\": [\"z\", \"d\"]", "stop", "abc"),
            ("\"hey\"", "\"max_tokens\": 1", "length", "a"),
            ("\"hey\"", "\"max_tokens\": 0", "length", ""),
        ])
    func endings(prompt: String, members: String, reason: String, text: String) async throws {
        let json = try await APIAnswer.post(Self.completion(members, prompt: prompt)).json
        #expect(json.at("choices", "0", "finish_reason") == .string(reason) && json.at("choices", "0", "text") == .string(text))
    }

    @Test("prompts and samples are choices in order; a seed names the draws, whatever else is asked for")
    func choices() async throws {
        let body = AskedAnswerTests.completion("\"n\": 2, \"max_tokens\": 3, \"seed\": 7", prompt: "[\"x\", \"y\", \"x\"]")
        let json = try await APIAnswer.post(body).json
        let choices = json.at("choices")?.elements ?? []
        #expect(choices.compactMap { $0.at("index") } == (0..<6).map { .number("\($0)") })
        let texts = choices.compactMap { $0.at("text") }
        #expect(texts[0] == texts[4] && texts[1] == texts[5] && texts[0] == texts[2])
        #expect(
            json.at("usage") == .object(["prompt_tokens": .number("3"), "completion_tokens": .number("18"), "total_tokens": .number("21")]))
        let single = try await APIAnswer.post(AskedAnswerTests.completion("\"max_tokens\": 3, \"seed\": 7", prompt: "[121]")).json
        #expect(single.at("choices", "0", "text") == texts[2])
        // Without a seed nothing is drawn twice.
        let free = try await APIAnswer.post(AskedAnswerTests.completion("\"n\": 8, \"max_tokens\": 12")).json
        let others = free.at("choices")?.elements ?? []
        #expect(Set(others.compactMap { $0.at("text") }).count > 2)
    }

    @Test("logprobs of a completion are parallel lists, with the token itself among the most probable")
    func completionLogprobs() async throws {
        let json = try await APIAnswer.post(Self.completion("\"max_tokens\": 2, \"logprobs\": 2")).json
        let expected = """
            {"text_offset":[0,1],"token_logprobs":[-0.5,-0.5],"tokens":["a","b"],"top_logprobs":[{"a":-0.5,"b":-1.5},{"b":-0.5,"c":-1.5}]}
            """
        #expect(try json.at("choices", "0", "logprobs") == JSONNodeReader.read(expected), "\(json.text)")
        let none = try await APIAnswer.post(Self.completion("\"max_tokens\": 1, \"logprobs\": 0")).json
        #expect(none.at("choices", "0", "logprobs", "top_logprobs", "0") == .object(["a": .number("-0.5")]))
    }

    @Test("an echo begins with the prompt and its logprobs, of which the first has none", arguments: [0, 1])
    func echo(tokens: Int) async throws {
        let members = "\"max_tokens\": \(tokens), \"logprobs\": 1, \"echo\": true"
        for prompt in ["\"hé\"", "[104, 195, 169]"] {
            let json = try await APIAnswer.post(Self.completion(members, prompt: prompt)).json
            let letter = tokens == 0 ? ("", "", "", "") : (",\"a\"", ",-0.5", ",{\"a\":-0.5}", ",2")
            let expected = """
                {"text_offset":[0,1,2\(letter.3)],"token_logprobs":[null,-0.25,-0.25\(letter.1)],\
                "tokens":["h","bytes:\\\\xc3","bytes:\\\\xa9"\(letter.0)],\
                "top_logprobs":[null,{"A":-0.125,"bytes:\\\\xc3":-0.25},{"A":-0.125,"bytes:\\\\xa9":-0.25}\(letter.2)]}
                """
            #expect(try json.at("choices", "0", "logprobs") == JSONNodeReader.read(expected), "\(json.text)")
            #expect(json.at("choices", "0", "text") == .string("hé" + (tokens == 0 ? "" : "a")))
            #expect(json.at("usage", "completion_tokens") == .number("\(tokens)"))
        }
        let plain = try await APIAnswer.post(Self.completion("\"max_tokens\": 1, \"echo\": true")).json
        #expect(plain.at("choices", "0", "text") == .string("heya") && plain.at("choices", "0", "logprobs") == .null)
    }

    @Test("logprobs of a message name each token with its bytes")
    func chatLogprobs() async throws {
        let body = Self.chat("\"max_tokens\": 1, \"logprobs\": true, \"top_logprobs\": 2")
        let json = try await APIAnswer.post(body, chat: true).json
        let expected = """
            {"content":[{"bytes":[97],"logprob":-0.5,"token":"a","top_logprobs":[{"bytes":[97],"logprob":-0.5,"token":"a"},\
            {"bytes":[98],"logprob":-1.5,"token":"b"}]}],"refusal":null}
            """
        #expect(try json.at("choices", "0", "logprobs") == JSONNodeReader.read(expected), "\(json.text)")
    }

    @Test("token ids are told where they are asked for")
    func tokenIDs() async throws {
        let json = try await APIAnswer.post(Self.completion("\"max_tokens\": 2, \"return_token_ids\": true")).json
        #expect(json.at("choices", "0", "token_ids") == .array([.number("97"), .number("98")]))
        #expect(json.at("choices", "0", "prompt_token_ids") == .array(["104", "101", "121"].map(JSONNode.number)))
    }

    @Test(
        "nobody can have more than the context, or more sequences than there are places",
        arguments: [
            ("\"max_tokens\": 62", "\"hey\"", "max_tokens", "context_length_exceeded"),
            ("\"max_tokens\": 1", "\"\(String(repeating: "x", count: 64))\"", "prompt", "context_length_exceeded"),
            ("", "\"\(String(repeating: "x", count: 64))\"", "prompt", "context_length_exceeded"),
            ("\"max_tokens\": 0", "\"\(String(repeating: "x", count: 65))\"", "prompt", "context_length_exceeded"),
            ("\"n\": 9", "\"hey\"", "n", "invalid_value"), ("\"n\": 3", "[\"a\", \"b\", \"c\"]", "prompt", "invalid_value"),
            ("", "\"\"", "prompt", "invalid_value"), ("", "[257]", "prompt", "invalid_value"),
            ("", "\"a<|mark|>\"", "prompt", "invalid_value"),
        ])
    func bounds(members: String, prompt: String, parameter: String, code: String) async throws {
        let answer = try await APIAnswer.post(Self.completion(members, prompt: prompt))
        let json = try answer.json
        #expect(answer.status == 400 && json.at("error", "param") == .string(parameter), "\(answer.text)")
        #expect(json.at("error", "code") == .string(code) && json.at("error", "type") == .string("invalid_request_error"))
        #expect(!answer.endsConnection)
        let fits = try await APIAnswer.post(Self.completion("\"max_tokens\": 0", prompt: "\"\(String(repeating: "x", count: 64))\""))
        #expect(fits.status == 200)
    }

    @Test(
        "who comes when it is full is told when to ask again, and who comes at the end that it is",
        arguments: [
            (GenerationRefusal.busy, 429, "1", "rate_limit_exceeded"), (.stopped, 503, "5", "server_shutting_down"),
        ])
    func refusals(refusal: GenerationRefusal, status: Int, retryAfter: String, code: String) async throws {
        for members in ["", "\"stream\": true"] {
            let answer = try await APIAnswer.post(Self.completion(members), to: ScriptedEngine(.refused(refusal)))
            #expect(answer.status == status && answer.headers[.retryAfter] == retryAfter)
            #expect(try answer.json.at("error", "code") == .string(code))
        }
    }

    @Test("an engine that ends before an answer does not pass for the answer")
    func ended() async throws {
        let engine = ScriptedEngine(.held)
        async let answer = APIAnswer.post(Self.completion(""), to: engine)
        engine.stop()
        // Only once it is there can the request be let down.
        while engine.submitted == 0 { await Task.yield() }
        await engine.run()
        #expect(try await answer.status == 503)
    }
}
