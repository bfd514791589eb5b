import Foundation
import Testing

@testable import Remote

@Suite("JSON of endpoints")
struct EndpointWireTests {
    @Test("a request for chat has every field that decides about the distribution, and none that was not measured")
    func chat() throws {
        let request = EndpointRequest(
            model: "m", prompt: .messages([ChatMessage(role: .user, content: "Hi\n"), ChatMessage(role: .assistant, content: "Yes")]),
            maximumTokens: 9, temperature: 0.5, topP: 1, seed: 3)
        try WireJSON.check(
            encoding: request,
            as: """
                {"model":"m","messages":[{"role":"user","content":"Hi\\n"},{"role":"assistant","content":"Yes"}],"max_tokens":9,
                 "temperature":0.5,"top_p":1,"seed":3,"frequency_penalty":0,"presence_penalty":0}
                """)
    }

    @Test("a request for text has what was asked for beside")
    func text() throws {
        var request = EndpointRequest(
            model: "m", prompt: .text("Once"), maximumTokens: 0, usesCompletionLimit: true, temperature: 0, topK: -1, seed: 3, count: 2,
            stop: ["\n"], wantsLogprobs: true, echo: true)
        try WireJSON.check(
            encoding: request,
            as: """
                {"model":"m","prompt":"Once","max_completion_tokens":0,"temperature":0,"top_p":1,"top_k":-1,"seed":3,"n":2,"stop":["\\n"],
                 "logprobs":1,"echo":true,"frequency_penalty":0,"presence_penalty":0}
                """)
        request.temperature = .nan
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(request) }
    }

    @Test("answers of transformers serve 5.23 are read")
    func transformers() throws {
        let text = try WireJSON.read(
            EndpointAnswer.self,
            """
            {"id":"dc21","choices":[{"finish_reason":"stop","index":0,"text":"7718"}],"created":1795342700,"model":"/models/tiny@main",
             "object":"text_completion","usage":{"completion_tokens":5,"prompt_tokens":5,"total_tokens":10}}
            """)
        #expect(text.choices.map(\.text) == ["7718"] && text.choices[0].finishReason == "stop" && text.choices[0].tokens == nil)
        #expect(text.usage?.completionTokens == 5 && text.usage?.promptTokens == 5)
        let chat = try WireJSON.read(
            EndpointAnswer.self,
            """
            {"id":"31d1","choices":[{"finish_reason":"length","index":0,"message":{"content":"12","role":"assistant"}}],"object":
             "chat.completion","created":1,"model":"m"}
            """)
        #expect(chat.choices.map(\.text) == ["12"] && chat.usage == nil)
    }

    @Test("tokens are read in the forms of chat and of text, with stop strings where they are told")
    func tokens() throws {
        let chat = try WireJSON.read(
            EndpointChoice.self,
            """
            {"index":1,"message":{"role":"assistant","content":"é!"},"finish_reason":"stop","stop_reason":"\\n","logprobs":{"content":[
             {"token":"\\u00c3","logprob":-0.5,"bytes":[195],"top_logprobs":[]},{"token":"?","logprob":-1.5,"bytes":[169]},
             {"token":"!","logprob":-2,"bytes":null}]}}
            """)
        #expect(chat.tokens?.flatMap(\.bytes) == Array("é!".utf8) && chat.stopString == "\n" && chat.index == 1)
        let text = try WireJSON.read(
            EndpointChoice.self,
            """
            {"index":0,"text":"ab","finish_reason":"length","stop_reason":13,"logprobs":{"tokens":["a","b"],"token_logprobs":[null,-1],
             "text_offset":[0,1],"top_logprobs":null}}
            """)
        #expect(text.tokens == [EndpointToken(bytes: [97], logprob: nil), EndpointToken(bytes: [98], logprob: -1)])
        #expect(text.stopString == nil)
    }

    @Test("a message without content says nothing", arguments: [#"{"role":"assistant","content":null}"#, #"{"role":"assistant"}"#])
    func silent(message: String) throws {
        let choice = try WireJSON.read(EndpointChoice.self, #"{"message":\#(message),"finish_reason":"length","logprobs":null}"#)
        #expect(choice.text.isEmpty && choice.tokens == nil)
    }

    @Test(
        "answers of another form are refused",
        arguments: [
            "{}", #"{"choices":1}"#, #"{"choices":[{}]}"#, #"{"choices":[{"text":1}]}"#,
            #"{"choices":[{"text":"","logprobs":{"tokens":["a"],"token_logprobs":[]}}]}"#,
            #"{"choices":[{"message":{"content":"a"},"logprobs":{"content":[{"token":"a","bytes":[300]}]}}]}"#, "[]", "",
        ])
    func malformed(text: String) {
        #expect(throws: DecodingError.self) { try WireJSON.read(EndpointAnswer.self, text) }
    }

    @Test(
        "refusals are read in every usual form",
        arguments: [
            (#"{"error":{"message":"no such model","param":null,"code":"model_not_found"}}"#, "no such model", "model_not_found"),
            (#"{"error":{"message":"busy","code":429}}"#, "busy", nil), (#"{"error":"cb worker died"}"#, "cb worker died", nil),
            (#"{"detail":"Unexpected fields in the request: {'top_k'}"}"#, "Unexpected fields in the request: {'top_k'}", nil),
            (#"{"object":"error","message":"too long","code":400}"#, "too long", nil),
        ] as [(String, String, String?)])
    func refusals(body: String, said: String, code: String?) throws {
        let refusal = try WireJSON.read(Refusal.self, body)
        #expect(refusal.text == said && refusal.code == code)
    }
}
