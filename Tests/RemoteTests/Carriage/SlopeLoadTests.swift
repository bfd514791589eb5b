import Autodidact
import Foundation
import Testing

@testable import Remote

@Suite("Slopes on the wire")
struct SlopeLoadTests {
    private func sequence(_ tokens: Int, slope: Float) -> CarriedSequence {
        let targets = (0..<tokens).map { TokenID($0 % 9) }
        return CarriedSequence(
            ScoredSequence(context: [1, 2], targets: targets), slopes: targets.map { _ in slope }, logprobs: targets.map { _ in -0.5 })
    }

    @Test("an advantage is minus the slope, times what the service divides by, at the position before its target")
    func datum() {
        let sequence = CarriedSequence(
            ScoredSequence(context: [7, 8], targets: [9, 3, 4]), slopes: [0.5, 0, -0.25], logprobs: [-1, -2, -3])
        let datum = sequence.datum(divisor: 4)
        #expect(datum.modelInput.tokens == [7, 8, 9, 3] && datum.lossInputs.targetTokens.data == [8, 9, 3, 4])
        #expect(datum.lossInputs.advantages?.data == [0, -2, 0, 1])
        #expect(datum.lossInputs.logprobs?.data == [0, -1, 0, -3])
        #expect(datum.lossInputs.weights == nil && datum.positions == 4)
    }

    @Test("sequences without slopes stay at home, but a step never has none")
    func idle() {
        let load = SlopeLoad([sequence(2, slope: 0), sequence(3, slope: 1), sequence(4, slope: 0)], limits: RequestLimits())
        #expect(load.sequences.map(\.targets.count) == [3])
        let idle = SlopeLoad([sequence(2, slope: 0), sequence(3, slope: 0)], limits: RequestLimits())
        #expect(idle.chunks(dividedBy: .sum).map(\.count) == [1])
    }

    @Test("requests keep to both limits, and what is too long alone goes alone")
    func cuts() {
        let limits = RequestLimits(bytes: 100, sequences: 3)
        #expect(limits.cut([]) == [])
        #expect(limits.cut([10, 10, 10, 10]) == [0..<3, 3..<4])
        #expect(limits.cut([60, 60, 200, 10, 10]) == [0..<1, 1..<2, 2..<3, 3..<5])
    }

    @Test("a sequence takes no more bytes than it is counted for", arguments: [1, 7, 60])
    func sizes(tokens: Int) throws {
        let sequence = CarriedSequence(
            ScoredSequence(context: [151_000, 3], targets: (0..<tokens).map { TokenID($0 * 997) }),
            slopes: (0..<tokens).map { 1 / Float($0 + 3) }, logprobs: (0..<tokens).map { -1 / Float($0 + 7) })
        let size = try JSONEncoder().encode(sequence.datum(divisor: 1 / 3)).count
        #expect(size <= RequestLimits.size(of: sequence.context + sequence.targets, trained: tokens))
    }

    @Test("each sequence is scaled by what its own request and the whole step come to")
    func scales() {
        let load = SlopeLoad((1...3).map { sequence($0, slope: -1) }, limits: RequestLimits(sequences: 2))
        func scales(_ divisor: LossDivisor) -> [[Float]] {
            load.chunks(dividedBy: divisor).map { $0.compactMap { $0.lossInputs.advantages?.data.last } }
        }
        #expect(scales(.sum) == [[1, 1], [1]])
        #expect(scales(LossDivisor(perPosition: true, across: .sequences, scope: .step)) == [[6, 9], [12]])
        #expect(scales(LossDivisor(perPosition: false, across: .sequences, scope: .request)) == [[2, 2], [1]])
        #expect(scales(LossDivisor(perPosition: false, across: .positions, scope: .request)) == [[5, 5], [4]])
    }
}
