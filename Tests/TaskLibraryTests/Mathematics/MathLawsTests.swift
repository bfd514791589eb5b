import Testing

@testable import TaskLibrary

@Suite("Laws of mathematical equality")
struct MathLawsTests {
    private static let pairs = MathPair.tuned

    @Test("every answer is itself")
    func reflexive() {
        for pair in Self.pairs {
            for text in [pair.reference, pair.answer] { #expect(MathPair.agrees(text, text) == true, "\(text)") }
        }
    }

    @Test("pairs that are equal whichever is the reference are found so, and unequal ones are not found equal the other way round")
    func symmetric() {
        for pair in Self.pairs {
            if pair.kind == .equal && pair.isFoundEqual == true { #expect(MathPair.agrees(pair.answer, pair.reference) == true, "\(pair)") }
            if pair.kind == .unequal { #expect(MathPair.agrees(pair.answer, pair.reference) != true, "\(pair)") }
            if pair.kind == .unequalOneWay { #expect(MathPair.agrees(pair.answer, pair.reference) == true, "\(pair)") }
        }
    }

    /// Ways to write the same.
    private static let rewritings: [(String, @Sendable (String) -> String)] = [
        ("white space around", { "  \($0)\n" }), ("dollar signs", { $0.contains("$") ? $0 : "$\($0)$" }),
        ("display brackets", { $0.contains("$") ? $0 : "\\[ \($0) \\]" }),
        ("sizes of fractions", { $0.replacing("\\frac", with: "\\dfrac") }),
        (
            "sizes of brackets",
            { $0.contains("|") || $0.contains("\\(") ? $0 : $0.replacing("(", with: "\\left(").replacing(")", with: "\\right)") }
        ),
        ("white space between", { $0.replacing("+", with: " + ").replacing("=", with: " = ").replacing("^", with: " ^") }),
        ("a thin space", { $0.replacing(" + ", with: "\\,+\\,") }), ("bold", { "**\($0)**" }), ("a box", { "\\boxed{\($0)}" }),
    ]

    @Test("how it is set makes no difference", arguments: rewritings.indices)
    func setting(index: Int) {
        let (name, rewrite) = Self.rewritings[index]
        for pair in Self.pairs {
            let found = pair.isFoundEqual
            #expect(MathPair.agrees(pair.reference, rewrite(pair.answer)) == found, "\(name): \(pair)")
            #expect(MathPair.agrees(rewrite(pair.reference), pair.answer) == found, "\(name): \(pair)")
        }
    }

    @Test("the canonical text of an answer has the answer's value, wherever it is read again")
    func canonical() {
        var (read, same) = (0, 0)
        for pair in Self.pairs {
            for text in [pair.reference, pair.answer] {
                guard let answer = MathAnswer(text), answer.isReadable, let again = MathAnswer(answer.canonical) else { continue }
                #expect(MathText.cleaned(answer.canonical) == answer.canonical, "\(text)")
                // Words lose their capitals, which makes products of letters of some.
                if case .words? = answer.value { continue }
                guard again.isReadable else { continue }
                read += 1
                let isSame = (try? again.agrees(with: answer)) == true
                #expect(isSame, "\(text) is written \(answer.canonical)")
                if isSame { same += 1 }
            }
        }
        #expect(read > 900 && same == read)
    }

    @Test("answers of one canonical text are equal")
    func canonicalTextsAreEqual() {
        // A calculation that is left to do has the value, and the text, of its result.
        for pair in Self.pairs where pair.kind == .unequal {
            guard let reference = MathAnswer(pair.reference), let answer = MathAnswer(pair.answer), answer.isReadable, reference.isReadable
            else { continue }
            #expect(answer.canonical != reference.canonical, "\(pair)")
        }
    }
}
