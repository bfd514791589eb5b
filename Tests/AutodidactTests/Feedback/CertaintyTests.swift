import Autodidact
import Randomness
import Testing

@Suite("Certainty and correlation")
struct CertaintyTests {
    @Test("calibration error and Brier's score by hand")
    func byHand() {
        let certainty = Certainty(probabilities: [0.9, 1, 0.95, 0.05, 0.2], truths: [true, true, false, false, true])
        // Bins: last {0.9, 1, 0.95}: |2 − 2.85|; first {0.05}: 0.05; third {0.2}: 0.8.
        #expect(abs((certainty.calibrationError() ?? 0) - (0.85 + 0.05 + 0.8) / 5) < 1e-12)
        #expect(abs((certainty.brier ?? 0) - (0.01 + 0 + 0.9025 + 0.0025 + 0.64) / 5) < 1e-12)
        #expect(Certainty(probabilities: [], truths: []).metrics.isEmpty)
    }

    @Test("one who says what is so is calibrated, one who is sure of everything is not")
    func calibrated() {
        var generator = SeedTree(root: 4)("certainty").generator
        let probabilities = (0..<20_000).map { _ in generator.uniform() }
        let truths = probabilities.map { generator.uniform() < $0 }
        let honest = Certainty(probabilities: probabilities, truths: truths)
        #expect((honest.calibrationError() ?? 1) < 0.02)
        #expect(abs((honest.brier ?? 0) - 1.0 / 6) < 0.01)
        // The chance that p² mass beats (1 − p)p: ∫∫ = 5/6.
        #expect(abs((honest.auroc ?? 0) - 5.0 / 6) < 0.01)
        let sure = Certainty(probabilities: probabilities.map { _ in 1 }, truths: truths)
        #expect((sure.calibrationError() ?? 0) > 0.45 && sure.auroc == 0.5)
    }

    @Test("the area under the curve counts pairs, equal ones half")
    func auroc() {
        var generator = SeedTree(root: 6)("auroc").generator
        for _ in 0..<50 {
            let values = (0..<12).map { _ in Double(generator.index(below: 5)) }
            let truths = (0..<12).map { $0 < 2 ? $0 == 0 : generator.uniform() < 0.5 }
            var (sum, pairs) = (0.0, 0.0)
            for i in values.indices where truths[i] {
                for j in values.indices where !truths[j] {
                    sum += values[i] > values[j] ? 1 : values[i] == values[j] ? 0.5 : 0
                    pairs += 1
                }
            }
            #expect(abs((areaUnderROC(values, truths: truths) ?? -1) - sum / pairs) < 1e-12)
        }
        #expect(areaUnderROC([1, 2], truths: [true, true]) == nil)
        #expect(areaUnderROC([1, .nan], truths: [true, false]) == nil)
    }

    @Test("correlations by hand")
    func correlations() {
        #expect(abs((pearsonCorrelation([1, 2, 3, 4], [2, 4, 6, 9]) ?? 0) - 11.5 / (5 * 26.75).squareRoot()) < 1e-12)
        #expect(spearmanCorrelation([1, 2, 3, 4], [2, 4, 6, 900]) == 1)
        #expect(spearmanCorrelation([1, 2, 3], [3, 2, 1]) == -1)
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
        #expect(abs((spearmanCorrelation([1, 5, 5, 7], [1, 2, 3, 4]) ?? 0) - 4.5 / (4.5 * 5).squareRoot()) < 1e-12)
        // Point-biserial: means 3 and 1, deviation √(5/4), shares ½.
        #expect(abs((pearsonCorrelation([2.5, 3.5, 0.5, 1.5], [1, 1, 0, 0]) ?? 0) - 2 / 1.25.squareRoot() / 2) < 1e-12)
    }

    @Test("what does not vary has no correlation")
    func constant() {
        #expect(pearsonCorrelation([0.1, 0.1, 0.1], [1, 2, 3]) == nil)
        #expect(spearmanCorrelation([1, 2], [7, 7]) == nil)
        #expect(pearsonCorrelation([], []) == nil && pearsonCorrelation([1], [2]) == nil)
        #expect(spearmanCorrelation([1, .nan, 3], [1, 2, 3]) == nil && pearsonCorrelation([1, .nan, 3], [1, 2, 3]) == nil)
    }
}
