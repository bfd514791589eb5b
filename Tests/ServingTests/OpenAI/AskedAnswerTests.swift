import Autodidact
import HTTPTypes
import Testing

@testable import Serving

@Suite("What a request asks for")
struct AskedAnswerTests {
    /// A body with these members beside model and prompt.
    static func completion(_ members: String = "", prompt: String = "\"hello\"") -> [UInt8] {
        Array("{\"model\": \"m\", \"prompt\": \(prompt)\(members.isEmpty ? "" : ", " + members)}".utf8)
    }

    static func chat(_ members: String = "", messages: String = #"[{"role": "user", "content": "hi"}]"#) -> [UInt8] {
        Array("{\"model\": \"m\", \"messages\": \(messages)\(members.isEmpty ? "" : ", " + members)}".utf8)
    }

    @Test("one that says nothing more asks for the defaults of OpenAI's interface")
    func defaults() throws {
        let completion = try AskedAnswer(body: Self.completion(), isChat: false)
        #expect(completion == AskedAnswer(isChat: false, model: "m", prompts: [.text("hello")]))
        let chat = try AskedAnswer(body: Self.chat(), isChat: true)
        #expect(chat == AskedAnswer(isChat: true, model: "m", prompts: [.conversation([ConversationTurn(.user, "hi")])]))
    }

    @Test("every parameter of completions is read")
    func completions() throws {
        let members = """
            "n": 3, "max_tokens": 0, "temperature": 0.5, "top_p": 0.25, "top_k": 7, "seed": -5, "stop": ["a", "b"], "logprobs": 2,
            "echo": true, "stream": true, "stream_options": {"include_usage": true, "include_obfuscation": false},
            "return_token_ids": true, "best_of": 3, "user": "u"
            """
        var expected = AskedAnswer(isChat: false, model: "m", prompts: [.text("hello")])
        (expected.samples, expected.maximumTokens, expected.temperature, expected.topP, expected.topK) = (3, 0, 0.5, 0.25, 7)
        (expected.seed, expected.stops, expected.alternatives, expected.echoes) = (-5, ["a", "b"], 2, true)
        (expected.isStreamed, expected.includesUsage, expected.returnsTokenIDs) = (true, true, true)
        #expect(try AskedAnswer(body: Self.completion(members), isChat: false) == expected)
    }

    @Test("every parameter of chat is read")
    func chats() throws {
        let members = """
            "max_completion_tokens": 9, "max_tokens": 9, "logprobs": true, "top_logprobs": 4, "stop": "x", "seed": 9223372036854775807,
            "stream": false, "metadata": {"a": "b"}
            """
        let asked = try AskedAnswer(body: Self.chat(members), isChat: true)
        #expect(asked.maximumTokens == 9 && asked.alternatives == 4 && asked.stops == ["x"] && asked.seed == .max && !asked.isStreamed)
        #expect(try AskedAnswer(body: Self.chat("\"logprobs\": true"), isChat: true).alternatives == 0)
        #expect(try AskedAnswer(body: Self.chat("\"max_tokens\": 4"), isChat: true).maximumTokens == 4)
    }

    @Test(
        "prompts are texts or token ids, one or many",
        arguments: [
            (#""a""#, [.text("a")]), (#"["a", "b"]"#, [.text("a"), .text("b")]), ("[1, 2]", [.tokens([1, 2])]),
            ("[[1, 2], [3]]", [.tokens([1, 2]), .tokens([3])]), (#""""#, [.text("")]), ("[[]]", [.tokens([])]),
        ] as [(String, [AskedAnswer.Prompt])])
    func prompts(prompt: String, expected: [AskedAnswer.Prompt]) throws {
        #expect(try AskedAnswer(body: Self.completion(prompt: prompt), isChat: false).prompts == expected)
    }

    @Test("messages have roles and texts; a developer is the system, several parts are lines")
    func messages() throws {
        let messages = #"""
            [{"role": "developer", "content": "d"},
            {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
            {"role": "assistant", "content": "", "tool_calls": [], "refusal": null, "name": null},
            {"role": "tool", "content": "t", "tool_call_id": "1"}, {"role": "system", "content": "é"}]
            """#
        let turns = [
            ConversationTurn(.system, "d"), ConversationTurn(.user, "a\nb"), ConversationTurn(.assistant, ""), ConversationTurn(.tool, "t"),
            ConversationTurn(.system, "é"),
        ]
        #expect(try AskedAnswer(body: Self.chat(messages: messages), isChat: true).prompts == [.conversation(turns)])
    }

    @Test("null leaves a parameter out, and values that ask for nothing are taken")
    func neutral() throws {
        let nothing = """
            "suffix": null, "frequency_penalty": 0, "presence_penalty": 0.0, "logit_bias": {}, "best_of": null, "n": null, "stop": null,
            "min_p": 0, "ignore_eos": false, "stop_token_ids": [], "stream_options": null, "seed": null, "top_k": -1
            """
        let expected = AskedAnswer(isChat: false, model: "m", prompts: [.text("hello")])
        #expect(try AskedAnswer(body: Self.completion(nothing), isChat: false) == expected)
        let chat = """
            "tools": [], "tool_choice": "none", "response_format": {"type": "text"}, "modalities": ["text"], "store": false,
            "service_tier": "auto", "logprobs": false, "parallel_tool_calls": true, "safety_identifier": "x", "prompt_cache_key": "y"
            """
        #expect(try AskedAnswer(body: Self.chat(chat), isChat: true) == AskedAnswer(body: Self.chat(), isChat: true))
    }

    /// A member, whether it is of chat, the parameter that is named, and the code.
    static let refusals: [(member: String, isChat: Bool, parameter: String, code: String)] = [
        (#""frequency_penalty": 0.1"#, false, "frequency_penalty", "unsupported_parameter"),
        (#""presence_penalty": -1"#, true, "presence_penalty", "unsupported_parameter"),
        (#""logit_bias": {"1": 2}"#, false, "logit_bias", "unsupported_parameter"),
        (#""suffix": "x""#, false, "suffix", "unsupported_parameter"), (#""min_p": 0.1"#, false, "min_p", "unsupported_parameter"),
        (#""tools": [{}]"#, true, "tools", "unsupported_parameter"),
        (#""tool_choice": "auto""#, true, "tool_choice", "unsupported_parameter"),
        (#""response_format": {"type": "json_object"}"#, true, "response_format", "unsupported_parameter"),
        (#""store": true"#, true, "store", "unsupported_parameter"),
        (#""reasoning_effort": "low""#, true, "reasoning_effort", "unsupported_parameter"),
        (#""service_tier": "flex""#, true, "service_tier", "unsupported_parameter"),
        (#""prompt_logprobs": 1"#, false, "prompt_logprobs", "unsupported_parameter"),
        (#""best_of": 2"#, false, "best_of", "unsupported_value"), (#""temprature": 1"#, false, "temprature", "unknown_parameter"),
        (#""messages": []"#, false, "messages", "unknown_parameter"), (#""prompt": "x""#, true, "prompt", "unknown_parameter"),
        (#""suffix": "x""#, true, "suffix", "unknown_parameter"), (#""echo": true"#, true, "echo", "unsupported_parameter"),
        (#""n": 0"#, false, "n", "integer_below_min_value"), (#""n": 129"#, false, "n", "integer_above_max_value"),
        (#""n": 1.5"#, false, "n", "invalid_type"), (#""n": "1""#, false, "n", "invalid_type"), (#""n": true"#, false, "n", "invalid_type"),
        (#""max_tokens": -1"#, false, "max_tokens", "integer_below_min_value"),
        (#""max_tokens": 0"#, true, "max_tokens", "integer_below_min_value"),
        (#""max_tokens": 99999999999"#, false, "max_tokens", "integer_above_max_value"),
        (#""max_tokens": 1e300"#, false, "max_tokens", "invalid_type"),
        (#""max_tokens": 4, "max_completion_tokens": 5"#, true, "max_tokens", "invalid_value"),
        (#""temperature": 2.1"#, false, "temperature", "decimal_above_max_value"),
        (#""temperature": -0.1"#, false, "temperature", "decimal_below_min_value"),
        (#""temperature": 0.001"#, false, "temperature", "unsupported_value"),
        (#""temperature": 1e-300"#, true, "temperature", "unsupported_value"),
        (#""temperature": "hot""#, false, "temperature", "invalid_type"), (#""top_p": 0"#, false, "top_p", "unsupported_value"),
        (#""top_p": 1e-300"#, false, "top_p", "unsupported_value"), (#""top_p": 1.1"#, false, "top_p", "decimal_above_max_value"),
        (#""top_k": -2"#, false, "top_k", "integer_below_min_value"), (#""seed": 9223372036854775808"#, false, "seed", "invalid_type"),
        (#""seed": 0.5"#, false, "seed", "invalid_type"), (#""stop": """#, false, "stop", "invalid_value"),
        (#""stop": ["a", ""]"#, false, "stop", "invalid_value"), (#""stop": ["a", 1]"#, false, "stop", "invalid_type"),
        (#""stop": 1"#, true, "stop", "invalid_type"), (#""logprobs": 21"#, false, "logprobs", "integer_above_max_value"),
        (#""logprobs": true"#, false, "logprobs", "invalid_type"), (#""logprobs": 1"#, true, "logprobs", "invalid_type"),
        (#""top_logprobs": 1"#, true, "top_logprobs", "invalid_value"),
        (#""logprobs": true, "top_logprobs": 21"#, true, "top_logprobs", "integer_above_max_value"),
        (#""echo": 1"#, false, "echo", "invalid_type"), (#""stream": "yes""#, false, "stream", "invalid_type"),
        (#""stream_options": {"include_usage": true}"#, false, "stream_options", "invalid_value"),
        (#""stream": true, "stream_options": 1"#, false, "stream_options", "invalid_type"),
        (#""stream": true, "stream_options": {"include_usage": 1}"#, false, "stream_options.include_usage", "invalid_type"),
        (
            #""stream": true, "stream_options": {"include_obfuscation": true}"#, true, "stream_options.include_obfuscation",
            "unsupported_value"
        ),
        (#""stream": true, "stream_options": {"other": 1}"#, false, "stream_options.other", "unknown_parameter"),
        (#""return_token_ids": 1"#, false, "return_token_ids", "invalid_type"),
    ]

    @Test("what would change the answer and is not done here is refused by name", arguments: refusals)
    func refused(member: String, isChat: Bool, parameter: String, code: String) {
        let body = isChat ? Self.chat(member) : Self.completion(member)
        let error = #expect(throws: APIError.self) { try AskedAnswer(body: body, isChat: isChat) }
        #expect(error?.parameter == parameter && error?.code == code, "\(error?.message ?? "")")
        #expect(error?.status == .badRequest && error?.type == "invalid_request_error" && error?.message.contains(parameter) == true)
    }

    @Test(
        "prompts that are none are refused",
        arguments: [
            ("1", "invalid_type"), ("{}", "invalid_type"), ("[]", "empty_array"), ("null", "missing_required_parameter"),
            (#"["a", 1]"#, "invalid_type"), (#"[1, "a"]"#, "invalid_type"), ("[[1], 2]", "invalid_type"), ("[1, [2]]", "invalid_type"),
            ("[-1]", "invalid_value"), ("[1.5]", "invalid_value"), ("[2147483648]", "invalid_value"), ("[null]", "invalid_type"),
            (#"[["a"]]"#, "invalid_type"),
        ])
    func badPrompts(prompt: String, code: String) {
        let error = #expect(throws: APIError.self) { try AskedAnswer(body: Self.completion(prompt: prompt), isChat: false) }
        #expect(error?.parameter == "prompt" && error?.code == code, "\(error?.message ?? "")")
    }

    @Test(
        "messages that are none are refused, with their place",
        arguments: [
            ("1", "messages", "invalid_type"), ("[]", "messages", "empty_array"), ("null", "messages", "missing_required_parameter"),
            ("[1]", "messages[0]", "invalid_type"), ("[{}]", "messages[0].role", "invalid_value"),
            (#"[{"role": "boss", "content": ""}]"#, "messages[0].role", "invalid_value"),
            (#"[{"role": "user"}]"#, "messages[0].content", "missing_required_parameter"),
            (#"[{"role": "user", "content": null}]"#, "messages[0].content", "missing_required_parameter"),
            (#"[{"role": "user", "content": 1}]"#, "messages[0].content", "invalid_type"),
            (
                #"[{"role": "user", "content": "a"}, {"role": "user", "content": "a", "name": "n"}]"#, "messages[1].name",
                "unsupported_parameter"
            ),
            (#"[{"role": "assistant", "content": "a", "tool_calls": [1]}]"#, "messages[0].tool_calls", "unsupported_parameter"),
            (#"[{"role": "user", "content": "a", "tool_call_id": "1"}]"#, "messages[0].tool_call_id", "unsupported_parameter"),
            (#"[{"role": "user", "content": [{"type": "image_url"}]}]"#, "messages[0].content[0]", "unsupported_value"),
            (#"[{"role": "user", "content": [{"type": "text", "text": "a", "x": 1}]}]"#, "messages[0].content[0]", "unsupported_value"),
        ])
    func badMessages(messages: String, parameter: String, code: String) {
        let error = #expect(throws: APIError.self) { try AskedAnswer(body: Self.chat(messages: messages), isChat: true) }
        #expect(error?.parameter == parameter && error?.code == code, "\(error?.message ?? "")")
    }

    @Test(
        "a body that is no object of JSON is refused",
        arguments: ["", "[]", "1", "{", "{\"model\": \"a\", \"model\": \"b\"}", "nonsense", String(repeating: "[", count: 100_000)])
    func bodies(body: String) {
        for isChat in [true, false] {
            let error = #expect(throws: APIError.self) { try AskedAnswer(body: Array(body.utf8), isChat: isChat) }
            #expect(error?.status == .badRequest && (error?.message.utf8.count ?? 0) < 1000)
        }
        #expect(throws: APIError.self) { try AskedAnswer(body: [0x7B, 0xFF, 0x7D], isChat: true) }
        let error = #expect(throws: APIError.self) { try AskedAnswer(body: Array(#"{"prompt": "a"}"#.utf8), isChat: false) }
        #expect(error?.parameter == "model" && error?.code == "missing_required_parameter")
    }

    @Test("so many and so long stop strings are taken, and no more")
    func stops() throws {
        func body(_ count: Int, _ length: Int) -> [UInt8] {
            let stop = "\"" + String(repeating: "a", count: length) + "\""
            return Self.completion("\"stop\": [\(Array(repeating: stop, count: count).joined(separator: ","))]")
        }
        let most = AskedAnswer.mostStops, longest = AskedAnswer.longestStop
        #expect(try AskedAnswer(body: body(most, longest), isChat: false).stops.count == most)
        #expect(throws: APIError.self) { try AskedAnswer(body: body(most + 1, 1), isChat: false) }
        #expect(throws: APIError.self) { try AskedAnswer(body: body(1, longest + 1), isChat: false) }
    }
}
