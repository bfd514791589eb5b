import Autodidact
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Serving

@Suite("Answers in pieces")
struct APIStreamTests {
    private static func events(_ members: String, prompt: String = "\"hey\"") async throws -> [JSONNode] {
        let body = AskedAnswerTests.completion("\"temperature\": 0, \"stream\": true, \(members)", prompt: prompt)
        let answer = try await APIAnswer.post(body)
        #expect(answer.status == 200 && answer.headers[.contentType] == "text/event-stream; charset=utf-8")
        return try answer.events
    }

    private static func text(_ events: [JSONNode], choice: Int = 0) -> String {
        events.reduce(into: "") { text, event in
            guard event.at("choices", "0", "index") == .number("\(choice)"), case .string(let piece)? = event.at("choices", "0", "text")
            else {
                return
            }
            text += piece
        }
    }

    @Test("pieces of a completion make up its text, and the last says why it ended")
    func completion() async throws {
        let events = try await Self.events("\"max_tokens\": 4")
        #expect(Self.text(events) == "abcd" && Set(events.compactMap { $0.at("id") }).count == 1)
        #expect(events.last?.at("choices", "0", "finish_reason") == .string("length"))
        #expect(events.dropLast().allSatisfy { $0.at("choices", "0", "finish_reason") == .null && $0.at("usage") == nil })
        #expect(events.allSatisfy { $0.at("object") == .string("text_completion") && $0.at("model") == .string("m") })
    }

    @Test("a message begins with who speaks, and goes on with what is said")
    func chat() async throws {
        let body = AskedAnswerTests.chat("\"temperature\": 0, \"stream\": true, \"max_tokens\": 2")
        let events = try await APIAnswer.post(body, chat: true).events
        let deltas = events.compactMap { $0.at("choices", "0", "delta") }
        #expect(
            deltas == [
                .object(["role": .string("assistant"), "content": .string("a")]), .object(["content": .string("b")]), .object([:]),
            ])
        #expect(events.allSatisfy { $0.at("object") == .string("chat.completion.chunk") })
        #expect(events.last?.at("choices", "0", "finish_reason") == .string("length"))
    }

    @Test("what was used comes last, where it is asked for, and is null before")
    func usage() async throws {
        let events = try await Self.events("\"max_tokens\": 2, \"stream_options\": {\"include_usage\": true}")
        #expect(events.last?.at("choices") == .array([]))
        #expect(events.last?.at("usage", "total_tokens") == .number("5"))
        #expect(events.dropLast().allSatisfy { $0.at("usage") == .null })
    }

    @Test("each choice comes whole, with logprobs, echo and offsets that go on from piece to piece")
    func everything() async throws {
        let events = try await Self.events("\"n\": 2, \"max_tokens\": 2, \"logprobs\": 0, \"echo\": true", prompt: "[\"xy\", \"!\"]")
        for (choice, text) in [(0, "xyab"), (1, "xyab"), (2, "!ab"), (3, "!ab")] {
            #expect(Self.text(events, choice: choice) == text)
            let own = events.filter { $0.at("choices", "0", "index") == .number("\(choice)") }
            let offsets = own.compactMap { $0.at("choices", "0", "logprobs", "text_offset") }.map(\.text).joined()
            #expect(offsets.filter(\.isNumber) == String("0123".prefix(text.count)))
        }
    }

    @Test("a token whose text is not certain yet is told where tokens are asked for, else not")
    func held() async throws {
        let stop = "\"max_tokens\": 4, \"stop\": \"b\""
        #expect(try await Self.events(stop).count == 2)
        let told = try await Self.events(stop + ", \"return_token_ids\": true")
        #expect(told.compactMap { $0.at("choices", "0", "token_ids") }.map(\.text) == ["[97]", "[98]", "[]"])
        #expect(told.compactMap { $0.at("choices", "0", "prompt_token_ids") }.count == 1)
        #expect(Self.text(told) == "a")
    }

    @Test("a stream that the engine lets down ends in an error, and the connection with it")
    func ended() async throws {
        let engine = ScriptedEngine(.held)
        async let answer = APIAnswer.post(AskedAnswerTests.completion("\"stream\": true"), to: engine)
        while engine.submitted == 0 { await Task.yield() }
        engine.stop()
        await engine.run()
        let told = try await answer
        #expect(told.status == 200 && told.endsConnection && !told.text.contains("[DONE]"))
        let last = told.text.components(separatedBy: "\n\n").dropLast().last ?? ""
        #expect(try JSONNodeReader.read(String(last.dropFirst(6))).at("error", "code") == .string("server_shutting_down"))
    }
}
