import Testing

@testable import AutodidactCLI

@Suite("The memory that a plan states")
struct MemoryEstimateTests {
    /// `seedling` on two cores, on countdown: what is tried, a step of so many tokens, and a snapshot.
    private static let probed = 142e6, snapshot = 12_505_344, tokens = 40.2
    private static func step(_ tokens: Int) -> Int { tokens * 2 / 8 * 9_217 * 4 }

    private static func estimate(sequences: Int, episodes: Double) -> MemoryEstimate {
        MemoryEstimate(
            probed: probed, tried: step(2_573), step: step(Int(Double(sequences) * tokens)), copies: 1, snapshot: snapshot,
            episodes: episodes + 9_000, tokens: tokens)
    }

    /// How far from it peaks may lie, as the type says.
    static let factor = 1.7

    /// Peaks that runs of the program had: GRPO's two generations and its many, its first of 10 steps, expert iteration's first and three.
    @Test(
        "the peaks that were measured lie within its factor",
        arguments: [(512, 30_720.0, 450.0), (512, 30_720, 545), (512, 5_120, 370), (64, 8_000, 239), (64, 8_000, 265)])
    func measured(sequences: Int, episodes: Double, peak: Double) {
        let megabytes = Self.estimate(sequences: sequences, episodes: episodes).megabytes
        #expect(megabytes >= peak / Self.factor && megabytes <= Self.factor * peak, "\(megabytes) for \(peak)")
    }

    @Test("grows with every part, and a step smaller than the one tried takes nothing away")
    func parts() {
        let least = Self.estimate(sequences: 1, episodes: 0)
        #expect(least.activations == 0 && least.megabytes > Self.probed / 1e6)
        #expect(Self.estimate(sequences: 512, episodes: 0).megabytes > least.megabytes)
        #expect(Self.estimate(sequences: 1, episodes: 1_000).megabytes > least.megabytes)
        let critics = MemoryEstimate(probed: 0, tried: 1, step: 3, copies: 3, snapshot: 0, episodes: 0, tokens: 0)
        #expect(critics.activations == 6)
    }
}
