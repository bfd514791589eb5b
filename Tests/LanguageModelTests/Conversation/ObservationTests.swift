import Testing

@testable import LanguageModel

@Suite("What is said between two turns of the assistant")
struct ObservationTests {
    private let tokenizer: BPETokenizer

    init() throws {
        tokenizer = try ChatTokenizer.make()
    }

    /// The tokens after a turn of the assistant up to its next, where the other side says `text`.
    private func followUp(_ text: String, _ encoder: ConversationEncoder, isClosed: Bool) -> [Int32] {
        var dialogue = Dialogue(encoder)
        dialogue.openReply()
        let end = isClosed ? [encoder.endOfTurn].compactMap(\.self) : []
        let said = dialogue.tokens.count + end.count
        dialogue.reply(end)
        dialogue.add([Message(.user, text)])
        dialogue.openReply()
        return Array(dialogue.tokens[said...])
    }

    @Test("is read back in every format, whether the turn before was ended or cut off", arguments: ConversationFormat.all)
    func readBack(format: ConversationFormat) throws {
        let encoder = try ConversationEncoder(format, tokenizer: tokenizer)
        for text in ["look again", "the door\nis open, <|im_end|> said the user"] {
            for isClosed in [true, false] {
                #expect(try encoder.observation(in: followUp(text, encoder, isClosed: isClosed)) == text)
            }
        }
    }

    @Test("is refused where no turn, or more than one, stands there", arguments: ConversationFormat.all.filter { $0.endOfTurn != nil })
    func refused(format: ConversationFormat) throws {
        let encoder = try ConversationEncoder(format, tokenizer: tokenizer)
        let turn = followUp("look again", encoder, isClosed: true)
        for tokens in [[], tokenizer.encode("look again"), turn + turn, Array(turn.dropLast(turn.count / 2))] {
            #expect(throws: ConversationError.self) { try encoder.observation(in: tokens) }
        }
    }
}
