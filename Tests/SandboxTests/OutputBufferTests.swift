import Testing

@testable import Sandbox

@Suite("What a child has written")
struct OutputBufferTests {
    @Test("lines come in order, those before a flood too, then the flood")
    func flood() async {
        let buffer = OutputBuffer(limit: 10)
        #expect(buffer.append(Array("a\nbb".utf8)))
        #expect(!buffer.append(Array("b\ncccccccc\n".utf8)))
        #expect(await buffer.line(within: .seconds(60)) == .line(Array("a".utf8)))
        #expect(await buffer.line(within: .seconds(60)) == .line(Array("bbb".utf8)))
        #expect(await buffer.line(within: .seconds(60)) == .flooded)
        #expect(buffer.text == "cccc" && buffer.isFlooded)
    }

    @Test("a reader waits for the rest of a line, and is told the end, or that nothing came")
    func waiting() async {
        let buffer = OutputBuffer(limit: 100)
        #expect(buffer.append(Array("a".utf8)))
        #expect(await buffer.line(within: .zero) == .late)
        async let line = buffer.line(within: .seconds(60))
        #expect(buffer.append(Array("b\nc".utf8)))
        #expect(await line == .line(Array("ab".utf8)))
        async let end = buffer.end(within: .seconds(60))
        buffer.close()
        #expect(await end == .closed && buffer.text == "c")
    }

    @Test("a limit on what is unread does not end a child that is read")
    func unread() async {
        let buffer = OutputBuffer(unread: 4)
        for _ in 0..<10 {
            #expect(buffer.append(Array("abc\n".utf8)) && buffer.hasUnread)
            #expect(await buffer.line(within: .seconds(60)) == .line(Array("abc".utf8)) && !buffer.hasUnread)
        }
        #expect(!buffer.append(Array("abcde".utf8)))
        #expect(await buffer.line(within: .seconds(60)) == .flooded && buffer.text == "abcd")
    }

    @Test("the last bytes are kept, however many came")
    func latest() async {
        let buffer = OutputBuffer(latest: 4)
        for piece in ["ab", "cd\n", "", "efghijk"] { #expect(buffer.append(Array(piece.utf8))) }
        buffer.close()
        #expect(await buffer.end(within: .seconds(60)) == .closed && buffer.text == "hijk" && !buffer.isFlooded)
    }
}
