import Testing

@testable import TaskLibrary

@Suite("Final answers of mathematical responses")
struct MathResponseTests {
    static let statements: [(response: String, answer: String)] = [
        ("So the sum is \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"), ("\\boxed{1} and then \\boxed{2}", "2"), ("\\fbox{7}", "7"),
        ("\\boxed{\\left\\{1,2\\right\\}}", "\\left\\{1,2\\right\\}"), ("\\boxed {3}", "3"), ("$\\boxed{x = \\boxed{5}}$", "5"),
        ("Half of it is 36.\n#### 72\n", "72"), ("#### 1,234", "1,234"), ("The answer is 5.", "5"), ("the answer is: $\\pi$.", "\\pi"),
        ("**Final Answer:** 7", "7"), ("Final answer: $x=3$", "x=3"), ("**Answer**: 12 apples", "12 apples"),
        ("Answer:\n\n$\\frac{3}{4}$", "\\frac{3}{4}"), ("The final answer is $(1, 2)$. I hope it is correct.", "(1, 2)"),
        ("The answer is $\\frac12$ because it halves.", "\\frac12"), ("We add.\n$$\\frac{7}{8}$$", "\\frac{7}{8}"), ("42", "42"),
        ("x = 5", "x = 5"), ("Evelyn", "Evelyn"), ("3+4=7\n7*2=14\nso it is 14.", "14"), ("Therefore the area is $9\\pi$.", "9\\pi"),
        ("<think>\\boxed{1}</think>\\boxed{2}", "2"), ("<think>maybe \\boxed{3}</think>\nThe answer is 4.", "4"),
        ("The answer is 3.5.", "3.5"), ("Answer: 3:45 p.m.", "3:45 p.m"), ("\\boxed{5}\nI checked that this answer is correct.", "5"),
        ("The answers are 1 and 2.", "1 and 2"),
    ]

    @Test("the last marked, announced or only answer counts", arguments: statements.indices)
    func stated(index: Int) {
        let (response, answer) = Self.statements[index]
        #expect(MathResponse.answer(in: response)?.text == answer, "\(response)")
    }

    static let withoutAnswer = [
        "", "   \n", "\\boxed{", "\\boxed{5", "\\boxed{1} then \\boxed{2", "\\boxed{}", "#### ",
        "First 3, then 4, then 5.\nWe stop between 3 and 9.",
        "We get $x=1$ or $y=2$.\nBoth $x$ and $y$ are fine.", "<think>\\boxed{1}</think>", "It is\nunclear to me.",
        "The first is 3.\nThe 2 sums are 5 and 6.",
    ]

    @Test("where no answer is stated none is made up", arguments: withoutAnswer.indices)
    func silent(index: Int) {
        #expect(MathResponse.answer(in: Self.withoutAnswer[index]) == nil, "\(Self.withoutAnswer[index])")
    }

    @Test("long responses are walked in time that grows with them")
    func long() {
        let texts = ["\\boxed{", "answer is ", "#### ", "$", "\\boxed{1}", "answer: **", "a ", "((((", "{{{{", "\\"]
        for text in texts {
            let response = String(repeating: text, count: 100_000)
            _ = MathResponse.answer(in: response)
            #expect(MathResponse.answer(in: response + "\n\\boxed{8}")?.text == "8", "\(text)")
        }
    }
}
