import Autodidact
import Testing

@Suite("Steps of a response")
struct StepSegmenterTests {
    /// One token a character; 0 is the end of text, 1 a token of two characters: "a" and a line break.
    static func decode(_ tokens: [TokenID]) -> String {
        tokens.map { $0 == 0 ? "" : $0 == 1 ? "a\n" : String(UnicodeScalar(UInt8($0))) }.joined()
    }

    static func tokens(_ text: String) -> [TokenID] { text.utf8.map { TokenID($0) } }

    static func steps(_ tokens: [TokenID], _ segmenter: StepSegmenter) -> [[TokenID]] {
        segmenter.steps(of: tokens, decode: decode).map { Array(tokens[$0]) }
    }

    @Test("lines end with their break, sentences with their space")
    func boundaries() {
        let text = Self.tokens("1+2=3. So\n3*4=12! x")
        #expect(Self.steps(text, .line(maximumTokens: 99)).map(Self.decode) == ["1+2=3. So\n", "3*4=12! x"])
        #expect(Self.steps(text, .sentence(maximumTokens: 99)).map(Self.decode) == ["1+2=3. ", "So\n", "3*4=12! ", "x"])
    }

    @Test("the end of text belongs to the last step")
    func endOfText() {
        #expect(Self.steps(Self.tokens("a\nb\n") + [0], .line(maximumTokens: 9)) == [Self.tokens("a\n"), Self.tokens("b\n") + [0]])
        #expect(Self.steps(Self.tokens("a\nb") + [0], .line(maximumTokens: 9)) == [Self.tokens("a\n"), Self.tokens("b") + [0]])
        #expect(Self.steps([0], .line(maximumTokens: 9)) == [[0]])
    }

    @Test("steps are whole tokens and leave no gap")
    func wholeTokens() {
        let text: [TokenID] = Self.tokens("xy") + [1] + Self.tokens("z\n")
        #expect(Self.steps(text, .line(maximumTokens: 9)) == [Self.tokens("xy") + [1], Self.tokens("z\n")])
        #expect(Self.steps(Self.tokens("abcdefg\n"), .line(maximumTokens: 3)).map(Self.decode) == ["abc", "def", "g\n"])
        #expect(Self.steps([], .line(maximumTokens: 3)).isEmpty)
    }

    @Test("sampling a step stops at the boundaries and keeps to the room")
    func sampling() {
        let options = StepSegmenter.line(maximumTokens: 20).sampling(temperature: 0.5, room: 12)
        #expect(options.stopStrings == ["\n"] && options.maximumTokens == 12 && options.temperature == 0.5)
    }
}
