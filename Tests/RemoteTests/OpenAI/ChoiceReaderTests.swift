import Autodidact
import Testing

@testable import Remote

@Suite("Completions of endpoints")
struct ChoiceReaderTests {
    private let text = EndpointText(form: .chat)

    private func read(
        _ choice: String, _ options: SamplingOptions = SamplingOptions(maximumTokens: 8), counted: Int? = nil, isOwn: Bool = true
    ) throws -> Completion {
        let reader = ChoiceReader(text: text, url: "http://h/v1", options: options, isOwn: isOwn)
        return try reader.completion(of: try WireJSON.read(EndpointChoice.self, choice), counted: counted)
    }

    private static let told = #"{"tokens":["Yes",".","<end>"],"token_logprobs":[-0.5,-1,-0.25]}"#

    @Test("have the endpoint's tokens where it tells them, and their logprobs where the end has one too")
    func toldTokens() throws {
        let whole = try read(#"{"text":"Yes.","finish_reason":"stop","logprobs":\#(Self.told)}"#)
        #expect(whole.tokens.count == 3 && whole.tokens.last == TokenPieces.end && text.decode(whole.tokens) == "Yes.")
        #expect(whole.logprobs.values == [-0.5, -1, -0.25] && whole.drawnLogprobs.values == whole.logprobs.values)
        #expect(whole.stopReason == .endOfText)
        let endless = try read(
            #"{"text":"Yes.","finish_reason":"stop","logprobs":{"tokens":["Yes","."],"token_logprobs":[-0.5,-1]}}"#)
        #expect(endless.tokens == whole.tokens && endless.logprobs.count == 0)
        let cut = try read(#"{"text":"Yes.","finish_reason":"length","logprobs":{"tokens":["Yes","."],"token_logprobs":[-0.5,-1]}}"#)
        #expect(cut.tokens.count == 2 && cut.logprobs.values == [-0.5, -1] && cut.stopReason == .length)
    }

    @Test("have no logprobs that are of another distribution, or of other tokens")
    func untrusted() throws {
        let choice = #"{"text":"Yes.","finish_reason":"stop","logprobs":\#(Self.told)}"#
        #expect(try read(choice, isOwn: false).logprobs.count == 0)
        let other = #"{"text":"No.","finish_reason":"stop","logprobs":\#(Self.told)}"#
        #expect(try read(other, counted: 3).logprobs.count == 0 && read(other, counted: 3).tokens.count == 3)
        let greedy = try read(choice, .greedy(maximumTokens: 8))
        #expect(greedy.drawnLogprobs.values == [0, 0, 0] && greedy.logprobs.count == 3)
    }

    @Test(
        "have as many tokens as were counted where none are told",
        arguments: [(3, 3), (5, 5), (40, 8), (1, 2), (nil, 8), (.min, 2), (.max, 8)] as [(Int?, Int)])
    func counted(number: Int?, tokens: Int) throws {
        let completion = try read(#"{"text":"Maybe, é.","finish_reason":"stop"}"#, counted: number)
        #expect(completion.tokens.count == tokens && completion.tokens.last == TokenPieces.end)
        #expect(text.decode(completion.tokens) == "Maybe, é." && completion.logprobs.count == 0)
    }

    @Test("that say nothing are an end, or nothing")
    func empty() throws {
        #expect(try read(#"{"text":"","finish_reason":"stop"}"#, counted: 1).tokens == [TokenPieces.end])
        let none = try read(#"{"message":{"content":null},"finish_reason":"length"}"#, counted: 8)
        #expect(none.tokens.isEmpty && none.stopReason == .length)
    }

    @Test("keep the stop string that ended them, told or found here")
    func stops() throws {
        let options = SamplingOptions(maximumTokens: 8, stopStrings: ["\n", "END"])
        let told = try read(#"{"text":"Yes","finish_reason":"stop","stop_reason":"\n"}"#, options, counted: 2)
        #expect(text.decode(told.tokens) == "Yes\n" && told.stopReason == .stopString)
        let inTokens = try read(
            #"{"text":"Yes","finish_reason":"stop","stop_reason":"\n","logprobs":{"tokens":["Yes","\n"],"token_logprobs":[-1,-2]}}"#,
            options)
        #expect(text.decode(inTokens.tokens) == "Yes\n" && inTokens.logprobs.values == [-1, -2])
        let found = try read(#"{"text":"Yes\nand more","finish_reason":"length"}"#, options, counted: 8)
        #expect(text.decode(found.tokens) == "Yes\n" && found.stopReason == .stopString)
        let ended = try read(#"{"text":"Yes","finish_reason":"stop","stop_reason":null}"#, options, counted: 2)
        #expect(ended.stopReason == .endOfText)
    }

    @Test("that a filter has cut off were cut off; those that ended in a way that is not known are refused")
    func reasons() throws {
        #expect(try read(#"{"text":"Y","finish_reason":"content_filter"}"#, counted: 1).stopReason == .length)
        for reason in [#""error""#, "null", #""tool_calls""#] {
            let error = #expect(throws: OpenAIError.self) { try read(#"{"text":"Y","finish_reason":\#(reason)}"#) }
            #expect(error?.description.contains(reason == "null" ? "null" : String(reason.dropFirst().dropLast())) == true)
        }
    }

    @Test("are never longer than was asked for")
    func length() throws {
        let one = SamplingOptions(maximumTokens: 2)
        let full = try read(#"{"text":"ab","finish_reason":"stop","logprobs":{"tokens":["a","b"],"token_logprobs":[-1,-1]}}"#, one)
        #expect(full.tokens.count == 2 && full.stopReason == .length)
        #expect(throws: OpenAIError.self) {
            try read(#"{"text":"abc","finish_reason":"length","logprobs":{"tokens":["a","b","c"],"token_logprobs":[-1,-1,-1]}}"#, one)
        }
    }
}
