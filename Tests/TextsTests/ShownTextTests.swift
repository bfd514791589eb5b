import Testing
import Texts

@Suite("Texts in messages")
struct ShownTextTests {
    @Test("control characters do not reach a terminal")
    func controls() {
        #expect("a\u{1B}[31mb\n\u{0}\u{7F}\u{85}c".shown == "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}c")
        #expect("a\u{202E}b\u{2028}c\u{2066}".shown == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
        #expect("é 🦦 ▁".shown == "é 🦦 ▁")
    }

    @Test("a text of any length is shown in bounded room, its ends kept", arguments: ["a", "🦦", "\u{301}"])
    func bounded(scalar: String) {
        let text = "start" + String(repeating: scalar, count: 100_000) + "end"
        #expect(text.shown.utf8.count < 1_000)
        // Byte by byte: a combining character makes another character of the letter before it.
        #expect(text.shown.utf8.starts(with: "start".utf8) && text.shown.utf8.suffix(3).elementsEqual("end".utf8))
        #expect(String(repeating: "a", count: 240).shown == String(repeating: "a", count: 240))
    }
}
