import Autodidact
import Randomness
import Testing

@Suite("Stop strings in text that comes in pieces")
struct StopScannerTests {
    /// What comes out of a text, piece by piece, and whether it was stopped.
    private static func scan(_ pieces: [String], _ stops: [String]) -> (pieces: [String], hasStopped: Bool) {
        var scanner = StopScanner(stops)
        let given = pieces.map { scanner.append($0) } + [scanner.finish()]
        return (given, scanner.hasStopped)
    }

    @Test(
        "the text ends before the first stop string, wherever pieces begin",
        arguments: [
            ("abcdef", ["cd"], "ab"), ("abcdef", ["x"], "abcdef"), ("abcdef", [], "abcdef"), ("abcdef", ["abcdef"], ""),
            ("aab", ["ab"], "a"), ("aaaab", ["aab"], "aa"), ("abcabd", ["abd"], "abc"), ("one\n\ntwo", ["\n\n", "\n"], "one"),
            ("xyz", ["z", "yz"], "x"), ("abcx", ["abcx", "bc"], "a"), ("ab", ["abc"], "ab"), ("né€", ["€"], "né"), ("", ["a"], ""),
            ("e\u{301}x", ["e"], ""),
        ] as [(String, [String], String)])
    func text(text: String, stops: [String], expected: String) {
        for size in 1...4 {
            let scalars = Array(text.unicodeScalars)
            let pieces = stride(from: 0, to: scalars.count, by: size).map { start in
                String(String.UnicodeScalarView(scalars[start..<min(start + size, scalars.count)]))
            }
            let (given, hasStopped) = Self.scan(pieces, stops)
            #expect(Array(given.joined().utf8) == Array(expected.utf8), "\(text) in pieces of \(size)")
            #expect(hasStopped == (expected.utf8.count < text.utf8.count))
        }
    }

    @Test("what cannot be the beginning of a stop string is given at once, the rest once it is decided")
    func pieces() {
        #expect(Self.scan(["ab", "c", "x", "c"], ["cd"]).pieces == ["ab", "", "cx", "", "c"])
        #expect(Self.scan(["ab", "cd", "ef"], ["cd"]).pieces == ["ab", "", "", ""])
        #expect(Self.scan(["a", "b"], []).pieces == ["a", "b", ""])
    }

    @Test("equals a search in the whole text", arguments: 0..<200)
    func random(number: Int) {
        var generator = SeedTree(root: 2)("stops", number).generator
        func word(_ length: Int) -> String { String((0..<length).map { _ in Character(["a", "b", "c"][generator.index(below: 3)]) }) }
        let stops = (0...generator.index(below: 3)).map { _ in word(1 + generator.index(below: 4)) }
        let pieces = (0..<12).map { _ in word(generator.index(below: 4)) }
        let whole = pieces.joined()
        // The shortest beginning that ends in a stop string, without the longest that it ends in.
        let beginning = (0...whole.count).lazy.map { whole.prefix($0) }.first { text in stops.contains { text.hasSuffix($0) } }
        let stop = beginning.flatMap { text in stops.filter { text.hasSuffix($0) }.map(\.count).max() }
        let end = beginning.flatMap { text in stop.map { text.dropLast($0).endIndex } }
        let (given, hasStopped) = Self.scan(pieces, stops)
        #expect(given.joined() == whole[..<(end ?? whole.endIndex)] && hasStopped == (end != nil))
    }
}
