import Autodidact
import Testing

@testable import Remote

@Suite("Texts of endpoints")
struct EndpointTextTests {
    private let chat = EndpointText(form: .chat)
    private let plain = EndpointText(form: .text)

    @Test("a text is its bytes", arguments: ["", "abc", "é 🙂\n"])
    func bytes(text: String) {
        #expect(chat.decode(chat.encode(text)) == text && chat.encode(text).count == text.utf8.count)
    }

    @Test("turns of a conversation are told apart again")
    func turns() throws {
        let first = chat.prompt(for: "Hi é")
        #expect(try chat.prompt(of: first) == .messages([ChatMessage(role: .user, content: "Hi é")]))
        let said = chat.encode("Yes") + [TokenPieces.end]
        let second = first + said + chat.followUp(to: "Why?", isClosed: true)
        let whole = EndpointRequest.Prompt.messages([
            ChatMessage(role: .user, content: "Hi é"), ChatMessage(role: .assistant, content: "Yes"),
            ChatMessage(role: .user, content: "Why?"),
        ])
        #expect(try chat.prompt(of: second) == whole)
        let cutOff = first + chat.encode("Yes") + chat.followUp(to: "Why?", isClosed: false)
        #expect(try chat.prompt(of: cutOff) == whole)
    }

    @Test("an empty message is one, and text without a mark is the other side's")
    func edges() throws {
        #expect(try chat.prompt(of: chat.prompt(for: "")) == .messages([ChatMessage(role: .user, content: "")]))
        #expect(try chat.prompt(of: chat.encode("Hi")) == .messages([ChatMessage(role: .user, content: "Hi")]))
        let odd = chat.prompt(for: "a") + chat.encode("b") + [TokenPieces.end] + chat.encode("c")
        #expect(
            try chat.prompt(of: odd)
                == .messages([
                    ChatMessage(role: .user, content: "a"), ChatMessage(role: .assistant, content: "b"),
                    ChatMessage(role: .user, content: "c"),
                ]))
    }

    @Test("a reply that was begun, and nothing at all, cannot be sent")
    func refused() {
        #expect(throws: OpenAIError.self) { try chat.prompt(of: chat.prompt(for: "a") + chat.encode("b")) }
        #expect(throws: OpenAIError.self) { try chat.prompt(of: []) }
        #expect(throws: OpenAIError.self) { try plain.prompt(of: []) }
    }

    @Test("text is continued as it is, without turns")
    func continued() throws {
        let tokens = plain.prompt(for: "1+1=") + plain.encode("2") + plain.followUp(to: "\n2+2=", isClosed: false)
        #expect(try plain.prompt(of: tokens) == .text("1+1=2\n2+2="))
        #expect(plain.endOfTurn == nil && chat.endOfTurn == TokenPieces.end)
    }

    @Test("pieces are known again, and numbers of nobody are no text")
    func pieces() {
        let tokens = [plain.pieces.token(Array("lighthouse".utf8)), plain.pieces.token([0xC3]), plain.pieces.token([0xA9])]
        #expect(plain.pieces.token(Array("lighthouse".utf8)) == tokens[0] && plain.decode(tokens) == "lighthouseé")
        #expect(plain.decode([TokenPieces.user, TokenPieces.end, .max, .min, -1]).isEmpty)
    }
}
