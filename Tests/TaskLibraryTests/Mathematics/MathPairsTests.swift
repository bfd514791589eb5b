import Testing

@testable import TaskLibrary

@Suite("Pairs of mathematical answers")
struct MathPairsTests {
    @Test("no unequal pair is found equal, and of the equal ones all but the listed are found")
    func tuned() {
        let figures = MathFigures(MathPair.tuned)
        print("math pairs: \(figures)")
        for pair in figures.wronglyEqual { Issue.record("found equal: \(pair)") }
        for pair in figures.missed where pair.kind != .missed { Issue.record("missed: \(pair)") }
        for pair in MathPair.tuned where pair.kind == .missed && pair.isFoundEqual == true { Issue.record("found after all: \(pair)") }
        #expect(figures.precision == 1 && figures.recall >= 0.97)
        #expect(MathPair.tuned.count >= 500)
    }

    @Test("pairs that nothing was tuned on are told apart as well")
    func heldOut() {
        let figures = MathFigures(MathPair.heldOut)
        print("math pairs, held out: \(figures)")
        for pair in figures.wronglyEqual { Issue.record("found equal: \(pair)") }
        print("math pairs, held out, missed: \(figures.missed)")
        #expect(MathPair.heldOut.count == 60 && figures.precision == 1 && figures.recall >= 0.9)
    }
}
