import Autodidact
import Testing

@testable import Remote

@Suite("The sequence by which new weights are told from old ones")
struct WitnessTests {
    private func load(_ sequences: [(context: Int, targets: Int, slope: Float)]) -> SlopeLoad {
        SlopeLoad(
            sequences.map { sequence in
                CarriedSequence(
                    ScoredSequence(
                        context: [TokenID](repeating: 1, count: sequence.context),
                        targets: [TokenID](repeating: 2, count: sequence.targets)),
                    slopes: [Float](repeating: sequence.slope, count: sequence.targets),
                    logprobs: [Float](repeating: -1, count: sequence.targets))
            }, limits: RequestLimits())
    }

    private func witness(_ sequences: [(context: Int, targets: Int, slope: Float)], room: Int = 4096) -> Witness? {
        let load = load(sequences)
        return Witness(of: load, computed: load.sequences.map { $0.targets.map { _ in -2 } }, room: room)
    }

    @Test("is the one of which most is asked, with its logprobs before the step")
    func most() {
        let witness = witness([(3, 4, 0.1), (2, 3, -1), (5, 9, 0.2)])
        #expect(witness?.sequence.context.count == 2 && witness?.logprobs == [-2, -2, -2])
    }

    @Test(
        "is cut to what is enough, and to what a sampler takes",
        arguments: [(10, 1000, 4096, 246), (400, 100, 4096, 8), (10, 1000, 64, 53), (60, 10, 64, 3), (63, 10, 64, 0)])
    func cut(context: Int, targets: Int, room: Int, count: Int) {
        #expect((witness([(context, targets, 1)], room: room)?.logprobs.count ?? 0) == count)
    }
}
