import Autodidact
import Testing

@Suite("The line of a run")
struct RunLineTests {
    private static let evaluation = EvaluationResult(
        split: .heldOut, samplesPerProblem: 1, temperature: 1, weightsHash: "", outcomes: [], tokens: 0, meanTokens: 0, unscorable: 0)
    private static let comparison = PairedComparison(
        n: 1, meanAtK: Estimate(0, low: 0, high: 0), pValue: 1, greedyDifference: 0, won: 0, lost: 0, mcNemarP: 1)

    private func line(_ promoted: [Bool], _ rollbacks: [(after: Int, to: Int)] = [], unsafe: Set<Int> = []) -> RunLine {
        let records = promoted.enumerated().map { index, isPromoted in
            GenerationRecord(
                number: index + 1, candidateHash: "", incumbentHash: "", episodes: 0, correct: 0, unscorable: 0, tokensSampled: 0,
                tokensTrained: 0, metrics: [:], evaluation: Self.evaluation,
                decision: GateDecision(
                    outcome: isPromoted ? .promoted : .rolledBack, reason: "", comparison: Self.comparison,
                    checks: [GateCheck(stage: .safety, name: "audit", isPassed: !unsafe.contains(index + 1), finding: "")]),
                seconds: PhaseSeconds())
        }
        return RunLine(
            records,
            rollbacks: rollbacks.map { RunRollback(after: $0.after, to: $0.to, fromHash: "", toHash: "", reason: "", at: 0) })
    }

    @Test("without rollbacks it holds all generations, and the last promoted one is the incumbent")
    func plain() {
        #expect(line([]) == RunLine() && RunLine().incumbent == 0 && RunLine().beforeIncumbent == nil)
        let line = line([true, false, true, false])
        #expect(line.generations == [1, 2, 3, 4] && line.incumbent == 3 && line.beforeIncumbent == 2)
        #expect(self.line([true]).beforeIncumbent == 0)
    }

    @Test("what failed safety is on the line but gives no lessons, unless it was kept without a gate")
    func lessons() {
        let line = line([true, false, false, true], unsafe: [2, 4])
        #expect(line.generations == [1, 2, 3, 4] && line.lessons == [1, 3, 4] && line.incumbent == 4)
        #expect(self.line([true, false, true], [(after: 3, to: 2)], unsafe: [2]).lessons == [1])
    }

    @Test("a rollback takes back what came after the generation that it goes to")
    func rolledBack() {
        let line = line([true, false, true, false], [(after: 4, to: 2)])
        #expect(line.generations == [1, 2] && line.incumbent == 1 && line.beforeIncumbent == 0)
    }

    @Test("generations after a rollback stand on the line that it went back to")
    func goesOn() {
        let line = line([true, true, true, false, true], [(after: 3, to: 1)])
        #expect(line.generations == [1, 4, 5] && line.incumbent == 5 && line.beforeIncumbent == 4)
    }

    @Test("a rollback can be undone by one to the generation that it took back")
    func undone() {
        let line = line([true, true, true], [(after: 3, to: 0), (after: 3, to: 3)])
        #expect(line.generations == [1, 2, 3] && line.incumbent == 3)
    }

    @Test("a rollback to a generation after another rollback goes to the line that it ended")
    func crossing() {
        let line = line([true, true, true, true], [(after: 2, to: 1), (after: 4, to: 3)])
        #expect(line.generations == [1, 3] && line.incumbent == 3)
        #expect(self.line([true, true, true, true], [(after: 2, to: 1), (after: 4, to: 2)]).generations == [1, 2])
    }
}
