import Autodidact
import Testing

@testable import Reports

@Suite("Figures for people")
struct FiguresTests {
    @Test(
        "counts in three digits",
        arguments: [
            (0, "0"), (412, "412"), (999, "999"), (1_000, "1.00 k"), (21_430, "21.4 k"), (999_600, "1.00 M"), (1_240_000, "1.24 M"),
        ])
    func counts(count: Int, text: String) {
        #expect(Figures.count(count) == text)
    }

    @Test(
        "times in two units",
        arguments: [
            (0, "0 s"), (0.84, "0.84 s"), (9.96, "10 s"), (42.4, "42 s"), (59.7, "1 min 0 s"), (192, "3 min 12 s"), (7_500, "2 h 5 min"),
        ] as [(Double, String)])
    func times(seconds: Double, text: String) {
        #expect(Figures.seconds(seconds) == text)
    }

    @Test("shares, points and p-values")
    func shares() {
        #expect(Figures.percent(0.4123) == "41.2 %")
        #expect(Figures.signed(0.149) == "+14.9")
        #expect(Figures.signed(-0.004) == "−0.4")
        #expect(Figures.signed(-0.0001) == "0.0")
        #expect(Figures.interval(Estimate(0.1, low: -0.05, high: 0.2)) == "[−5.0, 20.0]")
        #expect(Figures.pEquals(0.0312) == "p = 0.031")
        #expect(Figures.pEquals(0.00042) == "p = 0.0004")
        #expect(Figures.pEquals(1e-30) == "p < 0.0001")
        #expect(Figures.plain(.nan) == "–")
    }

    @Test("settings become named leaves; what is not an object stays text")
    func settings() throws {
        let leaves = try #require(flattenedSettings(#"{"b":{"y":[1,2],"x":true},"a":18446744073709551615,"c":"x y","d":null}"#))
        #expect(leaves.map { "\($0.key)=\($0.value)" } == ["a=18446744073709551615", "b.x=true", "b.y=1,2", "c=x y", "d=null"])
        #expect(flattenedSettings("[1]") == nil)
        #expect(flattenedSettings("not JSON") == nil)
    }

    @Test(
        "a word survives the shell",
        arguments: [("plain-1.0", "plain-1.0"), ("a b", "'a b'"), ("it's; rm -rf", "'it'\\''s; rm -rf'"), ("", "''"), ("é", "'é'")])
    func quoting(word: String, text: String) {
        #expect(shellQuoted(word) == text)
    }
}
