import Testing

@testable import LanguageModel

@Suite("PreTokenizer")
struct WordPatternTests {
    private func words(_ text: String, _ preTokenizer: PreTokenizer) -> [String] {
        let bytes = Array(text.utf8)
        var words: [String] = []
        preTokenizer.forEachWord(in: bytes) { words.append(String(decoding: bytes[$0], as: UTF8.self)) }
        return words
    }

    @Test(
        "GPT-2's pattern cuts as its regular expression does",
        arguments: [
            ("Hello world", ["Hello", " world"]), ("I'll don't it's", ["I", "'ll", " don", "'t", " it", "'s"]),
            ("I'LL", ["I", "'", "LL"]), ("a  b", ["a", " ", " b"]), ("a   ", ["a", "   "]), ("a \n b", ["a", " \n", " b"]),
            ("a\n\nb", ["a", "\n", "\n", "b"]), (" 's", [" '", "s"]), ("x=12 3.5", ["x", "=", "12", " 3", ".", "5"]),
            ("été 東京 ½Ⅷ", ["été", " 東京", " ½Ⅷ"]), ("a\u{A0}b\u{3000}\u{3000}c", ["a", "\u{A0}", "b", "\u{3000}", "\u{3000}", "c"]),
            ("👍🏽!", ["👍🏽!"]), ("e\u{301}", ["e", "\u{301}"]), ("", []), ("'", ["'"]), ("'r", ["'", "r"]), ("\t\tx", ["\t", "\t", "x"]),
        ])
    func gpt2(text: String, expected: [String]) {
        #expect(words(text, .gpt2) == expected)
    }

    @Test(
        "digits are set apart first, so that the pattern sees the end of the text before each",
        arguments: [
            ("12 34", ["1", "2", " ", "3", "4"]), ("  1", ["  ", "1"]), ("a  b2", ["a", " ", " b", "2"]), ("½x٣", ["½", "x", "٣"]),
            ("x'9s", ["x", "'", "9", "s"]),
        ])
    func individualDigits(text: String, expected: [String]) {
        #expect(words(text, .individualDigits) == expected)
    }

    @Test("runs of digits stay together when asked", arguments: [("a 12 34b", ["a", " ", "12", " ", "34", "b"])])
    func digitRuns(text: String, expected: [String]) {
        #expect(words(text, PreTokenizer(digits: .runs, pattern: .gpt2)) == expected)
    }

    @Test(
        "Qwen's pattern cuts as its regular expression does",
        arguments: [
            ("I'LL'S x", ["I", "'LL", "'S", " x"]), ("(foo)\n\nbar", ["(foo", ")\n\n", "bar"]), ("a 12", ["a", " ", "1", "2"]),
            ("a \n\n b", ["a", " \n\n", " b"]), (" !?\r\nx", [" !?\r\n", "x"]), ("a   b", ["a", "  ", " b"]), ("'ſx", ["'ſ", "x"]),
            ("\tfoo", ["\tfoo"]), ("a  ", ["a", "  "]),
        ])
    func qwen2(text: String, expected: [String]) {
        #expect(words(text, .qwen2) == expected)
    }

    @Test("classes are the Unicode properties that the patterns name")
    func classes() {
        #expect(["a", "É", "ǅ", "ʰ", "あ", "\u{1D400}"].allSatisfy { CharacterClass.of($0) == .letter })
        #expect(["0", "٣", "Ⅷ", "½", "²"].allSatisfy { CharacterClass.of($0) == .number })
        #expect([" ", "\t", "\u{85}", "\u{A0}", "\u{2028}", "\u{3000}"].allSatisfy { CharacterClass.of($0) == .space })
        #expect(["_", "\u{301}", "\u{200B}", "\u{0}", "\u{1F}", "😀"].allSatisfy { CharacterClass.of($0) == .other })
    }
}
