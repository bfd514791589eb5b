import Testing

@testable import TaskLibrary

@Suite("Hostile mathematical texts")
struct MathBoundsTests {
    static let texts: [String] = [
        String(repeating: "(", count: 1_900), String(repeating: "{", count: 1_900), String(repeating: "\\sqrt{", count: 300) + "2",
        String(repeating: "-", count: 1_900) + "1", "1" + String(repeating: "!", count: 1_900), String(repeating: "x^", count: 900) + "x",
        String(repeating: "9", count: 1_999), "9^{9^{9^{9}}}", "10^{10^{10}}", "2^{-99999999999}", "(1+x)^{100000}", "(a+b+c+d+e+f+g)^{50}",
        "((((x+1)^9+1)^9+1)^9+1)^9", "1000000!", "((1000!)!)!", "\\binom{100000}{50000}",
        "0.\\overline{" + String(repeating: "7", count: 900) + "}",
        "\\frac{5^{\\left(5^{\\left(5^{\\left(5^5\\right)}\\right)} - 4\\right)} - 5}{16}",
        "10^{(5^{5^{5^{5^{5}}} \\cdot \\log_{10}(5)} - 4)}",
        String(repeating: "1,", count: 900), String(repeating: "1+", count: 900) + "1", String(repeating: "x", count: 1_999),
        "\\sqrt[64]{" + String(repeating: "7", count: 900) + "}", "\\sqrt{" + String(repeating: "9", count: 900) + "}", "1e99999999",
        "1E300",
        "\\log_{2^5}(\\log_{2^4}(\\log_{2^3}(\\log_{2^2}(\\log_{2^1}x))))", "\\sin(\\sin(\\sin(\\sin(\\sin(\\sin 1)))))",
        "|||||||||1|||||||||",
        "\\text{\\text{\\text{\\text{\\text{\\text{x}}}}}}", "\\begin{pmatrix}" + String(repeating: "1&", count: 500) + "1\\end{pmatrix}",
        "\\left\\lfloor 10^{300} \\sqrt{2} \\right\\rfloor", "e^{e^{e^{e^{e}}}}",
        "(\\sqrt2+\\sqrt3+\\sqrt5+\\sqrt7+\\sqrt{11}+\\sqrt{13})^{12}",
        "\\cos(6\\cos(6\\cos(6x)))", "\\frac{1}{\\frac{1}{\\frac{1}{\\frac{1}{x+1}+1}+1}+1}", "e\u{301}\u{301}\u{301}", "\u{0}", "\\",
        "\\\\\\\\", "$", "$$$",
        "10403^{0.5}", "(10^{100}+1)^{1/2}", "123456789123456789123456789^{1/3}",
    ]

    @Test("are read or not, within the bounds of work", arguments: texts.indices)
    func hostile(index: Int) {
        let text = Self.texts[index]
        for other in [text, "5", "x+1", "\\sqrt{2}", "(1,2)", "(-\\infty, 3)"] {
            _ = MathPair.agrees(other, text)
            _ = MathPair.agrees(text, other)
        }
        if let answer = MathAnswer(text) { #expect((try? answer.agrees(with: answer)) == true) }
    }

    @Test("what only a comparison finds to be too much work is told as such")
    func tooMuchWork() throws {
        let sum = { (letters: String) in letters.map { "\\frac{1}{\($0)+1}" }.joined(separator: "+") }
        let (one, two) = (try #require(MathAnswer(sum("abcdfgh"))), try #require(MathAnswer(sum("abcdfgh") + "+0")))
        #expect(one.isReadable)
        do {
            #expect(try two.agrees(with: one) == true)
        } catch {
            #expect(error == .tooMuchWork)
        }
    }
}
