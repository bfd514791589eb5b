import Testing

@testable import TaskLibrary

@Suite("What a question says about its answer")
struct MathPromptTests {
    static let repeated: [(prompt: String, reference: String, answer: String)] = [
        ("What is $17 \\cdot 23$?", "17\\cdot 20 + 51", "17 \\cdot 23"), ("Simplify $\\sqrt{50}$.", "5\\sqrt{2}", "\\sqrt{50}"),
        ("Factor $x^2-1$.", "(x-1)(x+1)", "x^2 - 1"), ("Write $\\frac{4}{8}$ in lowest terms.", "\\frac{1}{2}", "\\dfrac{4}{8}"),
        ("Convert 0.75 to a fraction.", "\\frac34", "0.75"), ("Write 60% as a fraction.", "\\frac{3}{5}", "60%"),
        ("Evaluate $\\log_2 8$.", "\\frac{6}{2}", "\\log_2 8"), ("Expand $(x+1)^2$.", "x^2+2x+1", "(x+1)^2"),
        ("Solve $y + 1 = x$ for x.", "x - y - 1 = 0", "y + 1 = x"),
    ]

    @Test("what only repeats it in other words than the reference is noticed", arguments: repeated.indices)
    func repeats(index: Int) throws {
        let (prompt, reference, answer) = Self.repeated[index]
        let (expected, given) = (try #require(MathAnswer(reference)), try #require(MathAnswer(answer)))
        #expect(MathPrompt.states(given, insteadOf: expected, in: prompt))
        #expect(!MathPrompt.states(given, insteadOf: given, in: prompt))
        #expect(!MathPrompt.states(expected, insteadOf: expected, in: prompt))
        #expect(!MathPrompt.states(given, insteadOf: expected, in: "Something else."))
    }

    static let plain: [(prompt: String, reference: String, answer: String)] = [
        ("Tom has 5 apples and 7 pears. How many apples?", "5.0", "5"), ("Which is larger, 1/2 or 1/3?", "\\frac{1}{2}", "1/2"),
        ("Is it 1.5 or 2.5?", "1.50", "1.5"), ("Is $21/20$ more than one?", "\\frac{2}{4}", "1/2"),
        ("Is A or B right?", "\\text{(A)}", "A"),
        ("Compute $12\\sqrt{3}+1$.", "\\frac{6}{\\sqrt{3}}", "2\\sqrt{3}"),
    ]

    @Test("plain numbers, words and parts of other numbers are no repetition", arguments: plain.indices)
    func isPlain(index: Int) throws {
        let (prompt, reference, answer) = Self.plain[index]
        #expect(!MathPrompt.states(try #require(MathAnswer(answer)), insteadOf: try #require(MathAnswer(reference)), in: prompt))
    }

    @Test("the order of several values counts where it is asked for")
    func order() throws {
        for prompt in ["Arrange from least to greatest.", "List the roots in increasing order.", "Find a and b, respectively."] {
            #expect(MathPrompt.asksForOrder(prompt), "\(prompt)")
        }
        for prompt in ["Find all roots.", "What is the greatest common divisor?", "In which order-3 group?"] {
            #expect(!MathPrompt.asksForOrder(prompt), "\(prompt)")
        }
        let (one, two) = (try #require(MathAnswer("1, 2, 3")), try #require(MathAnswer("3, 2, 1")))
        #expect(try two.agrees(with: one))
        #expect(try !two.agrees(with: one, listsAreOrdered: true))
    }
}
