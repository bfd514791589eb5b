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

    @Test("pairs that nothing was tuned on are told apart as well", arguments: [(MathPair.heldOut, 60), (MathPair.heldOutSecond, 88)])
    func heldOut(pairs: [MathPair], count: Int) {
        let figures = MathFigures(pairs)
        print("math pairs, held out: \(figures), missed: \(figures.missed)")
        for pair in figures.wronglyEqual { Issue.record("found equal: \(pair)") }
        #expect(pairs.count == count && figures.precision == 1 && figures.recall >= 0.9)
    }
}
