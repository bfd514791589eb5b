import Testing

@testable import LanguageModel

@Suite("Dialogues keep what was sampled")
struct DialogueTests {
    static let formats = ConversationFormat.all

    private let tokenizer: BPETokenizer

    init() throws {
        tokenizer = try ChatTokenizer.make()
    }

    private let opening = [Message(.system, "be brief"), Message(.user, "what is 2 + 2?")]
    private let question = [Message(.user, "and 3?")]

    @Test("turn by turn gives the tokens of the whole, where what was said is encoded alike", arguments: formats)
    func grows(format: ConversationFormat) throws {
        let encoder = try ConversationEncoder(format, tokenizer: tokenizer)
        var dialogue = Dialogue(encoder)
        dialogue.add(opening)
        dialogue.openReply()
        #expect(dialogue.tokens == encoder.tokens(of: opening, opensReply: true))
        dialogue.reply(tokenizer.encode("the answer") + [encoder.endOfTurn].compactMap(\.self))
        dialogue.add(question)
        dialogue.openReply()
        // Qwen 3 leaves empty thoughts out of what lies behind it; a dialogue keeps what the model saw.
        guard format != .qwen3WithoutThinking else { return }
        let whole = opening + [Message(.assistant, "the answer")] + question
        #expect(dialogue.tokens == encoder.tokens(of: whole, opensReply: true))
        #expect(dialogue.messages == whole)
    }

    @Test("sampled tokens stand in it one by one, even where encoding their text gives others", arguments: formats)
    func keepsSampledTokens(format: ConversationFormat) throws {
        let encoder = try ConversationEncoder(format, tokenizer: tokenizer)
        let letters = "the user".utf8.compactMap { tokenizer.id(ofToken: ByteAlphabet.spelling(of: [$0])) }
        #expect(letters.count == 8 && tokenizer.encode("the user") != letters)
        var dialogue = Dialogue(encoder)
        dialogue.add(opening)
        dialogue.openReply()
        let prompt = dialogue.tokens
        dialogue.reply(letters)
        dialogue.add(question)
        let turn = try #require(dialogue.turns.first { !$0.sampled.isEmpty })
        #expect(Array(dialogue.tokens[turn.sampled]) == letters)
        #expect(dialogue.tokens.starts(with: prompt + letters))
        #expect(turn.messages == [Message(.assistant, "the user")])
        #expect(dialogue.turns.map(\.tokens.lowerBound).dropFirst() == dialogue.turns.map(\.tokens.upperBound).dropLast())
        #expect(dialogue.turns.last?.tokens.upperBound == dialogue.tokens.count)
    }

    @Test("the end of a turn is written once, whether it was sampled or not", arguments: formats.filter { $0.endOfTurn != nil })
    func endsTurnsOnce(format: ConversationFormat) throws {
        let encoder = try ConversationEncoder(format, tokenizer: tokenizer)
        let end = try #require(encoder.endOfTurn)
        func reply(_ sampled: [Int32]) -> Dialogue {
            var dialogue = Dialogue(encoder)
            dialogue.add(opening)
            dialogue.openReply()
            dialogue.reply(sampled)
            return dialogue
        }
        let said = tokenizer.encode("the answer")
        let (cut, whole) = (reply(said), reply(said + [end]))
        #expect(cut.tokens == whole.tokens)
        #expect(cut.turns.last?.sampled.count == said.count && whole.turns.last?.sampled.count == said.count + 1)
        let other = try #require(tokenizer.id(ofToken: "<|endoftext|>"))
        #expect(
            reply(said + [other]).tokens == Array(cut.tokens.dropLast(encoder.tail + 1)) + [other, end] + cut.tokens.suffix(encoder.tail))
    }
}

extension ConversationEncoder {
    /// How many tokens follow the end of a turn.
    fileprivate var tail: Int { tokenizer.encode(format.afterTurn).count }
}
