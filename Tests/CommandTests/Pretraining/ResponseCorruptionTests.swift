import Randomness
import Testing

@testable import AutodidactCLI

@Suite("Corrupted responses")
struct ResponseCorruptionTests {
    private static func generator(_ draw: Int) -> KeyedGenerator { SeedTree(root: 7)("draw", draw).generator }

    /// What 400 draws make of a response.
    private func digitsChanged(_ response: String) -> [String] {
        (0..<400).map { draw in
            var generator = Self.generator(draw)
            return ResponseCorruption.digitChanged(in: response, using: &generator)
        }
    }

    private func wordsChanged(_ response: String, strangers: String) -> [String] {
        (0..<400).map { draw in
            var generator = Self.generator(draw)
            return ResponseCorruption.wordChanged(in: response, strangers: strangers, using: &generator)
        }
    }

    @Test("have exactly one other digit, anywhere", arguments: ["7", "17+25=42\n42*3=126", "é9 → 0 🌍"])
    func digit(response: String) {
        let before = Array(response)
        var places: Set<Int> = []
        for text in digitsChanged(response) {
            let after = Array(text)
            let changed = before.indices.filter { after[$0] != before[$0] }
            #expect(after.count == before.count && changed.count == 1, "\(text)")
            #expect(changed.allSatisfy { before[$0].isNumber && after[$0].isASCII && after[$0].isNumber }, "\(text)")
            places.formUnion(changed)
        }
        #expect(places == Set(before.indices.filter { before[$0].isNumber }))
    }

    @Test("have any of the nine other digits")
    func digits() {
        #expect(Set(digitsChanged("3")) == ["0", "1", "2", "4", "5", "6", "7", "8", "9"])
        #expect(Set(digitsChanged("9")) == Set((0...8).map(String.init)))
    }

    @Test("are as they were where there is no digit", arguments: ["", "up\ndown", "٣ ½"])
    func noDigit(response: String) {
        #expect(Set(digitsChanged(response)) == [response])
    }

    @Test("have one word left out, doubled, exchanged or replaced, and no other change")
    func word() {
        let all: Set = [
            "b c", "a c", "a b",  // left out
            "a a b c", "a b b c", "a b c c",  // doubled
            "b a c", "a c b", "c b a",  // exchanged with the next, the last with the first
            "x b c", "y b c", "a x c", "a y c", "a b x", "a b y",  // replaced
        ]
        #expect(Set(wordsChanged("a b c", strangers: "x y")) == all)
    }

    @Test("are unchanged by words only where a word is put in its own place, or changes with its equal")
    func sameWord() {
        // Of two equal words any change but leaving out, doubling or a stranger is none.
        #expect(Set(wordsChanged("a a", strangers: "x")) == ["a", "a a a", "a a", "x a", "a x"])
        #expect(Set(wordsChanged("a b", strangers: "b")) == ["a", "b", "a a b", "a b b", "b a", "b b", "a b"])
        #expect(!wordsChanged("a b", strangers: "x").contains("a b"))
    }

    @Test(
        "are as they were where there is one word, or nobody to take its place",
        arguments: [("", "x"), ("a", "x y"), ("a b", ""), ("a b", " ")])
    func noWord(response: String, strangers: String) {
        #expect(Set(wordsChanged(response, strangers: strangers)) == [response])
    }

    @Test("are the same for the same seed, and not for another")
    func deterministic() {
        #expect(digitsChanged("17+25=42") == digitsChanged("17+25=42"))
        #expect(wordsChanged("a b c", strangers: "x y") == wordsChanged("a b c", strangers: "x y"))
        #expect(Set(digitsChanged("17+25=42")).count > 30 && Set(wordsChanged("a b c", strangers: "x y")).count > 10)
    }
}
