import Autodidact
import Backends
import Randomness
import TestSupport
import Testing

@testable import Remote

extension SkyRLTests {
    @Suite("Scores and samples")
    struct ScoringTests {
        /// What two engines in fp32 may differ in, nats.
        private static let tolerance: Float = 1e-3

        private static let prompts = ["choice 7+2, 9 A, 8 B, 12 C, 3 D\n", "choice largest, 4 A, 8 B, 1 C, 3 D\n", "arithmetic 7+5*3\n"]

        @Test("a fresh adapter scores as the embedded engine does on the same weights")
        func forward() async throws {
            let embedded = EmbeddedPolicy(try SkyRL.model(), name: "embedded")
            let texts = Self.prompts + ["7\n", "0123456789 ABCabc 0123456789 ABCabc 0123456789"]
            let sequences = texts.map { text in
                let tokens = embedded.encode(text)
                return ScoredSequence(context: Array(tokens.prefix(1)), targets: Array(tokens.dropFirst()))
            }
            let expected = try await embedded.logprobs(of: sequences)
            let found = try await SkyRL.withPolicy { try await $0.logprobs(of: sequences) }
            let largest = zip(expected, found).flatMap { zip($0.values, $1.values) }.reduce(0) { max($0, abs($1.0 - $1.1)) }
            print("forward: largest |Δ| \(largest) nats over \(sequences.reduce(0) { $0 + $1.targets.count }) tokens")
            #expect(expected.map(\.count) == found.map(\.count) && largest < Self.tolerance)
        }

        @Test("samples have the logprobs that forward gives them, and each push of weights is compared")
        func samples() async throws {
            let readings = Recorder<MismatchReading>()
            let worst = try await SkyRL.withPolicy(onReading: { readings.record($0) }) { policy in
                let requests = try Self.prompts.enumerated().map {
                    SamplingRequest(prompt: try policy.prompt(for: $1), count: 8, key: SeedTree(root: 5)("request", $0))
                }
                let groups = try await policy.sample(requests, options: SamplingOptions(maximumTokens: 6))
                let scored = zip(requests, groups).flatMap { request, group in
                    group.map { ScoredSequence(context: request.prompt, targets: $0.tokens) }
                }
                let pairs = zip(groups.joined(), try await policy.logprobs(of: scored))
                return pairs.flatMap { zip($0.logprobs.values, $1.values) }.reduce(0) { max($0, abs($1.0 - $1.1)) }
            }
            let reading = try #require(readings.values.first)
            print("samples: largest |Δ| \(worst) nats; first reading: \(reading)")
            #expect(worst < Self.tolerance && readings.values.count == 1 && reading.maximum < Double(Self.tolerance))
        }

        @Test("the laws of policies hold")
        func laws() async throws {
            let broken = try await SkyRL.withPolicy { policy in
                try await PolicyLaws.violations(of: policy, prompts: Self.prompts, tolerance: Self.tolerance)
            }
            #expect(broken == [])
        }

        @Test("what is measured at connection is what was read in the service's sources")
        func traits() async throws {
            let traits = try await SkyRL.withPolicy(SkyRL.options(usesBuiltInLosses: true)) { await $0.traits }
            #expect(traits.divisor == LossDivisor(perPosition: true, across: .sequences, scope: .step))
            #expect(!traits.knowsRequestsAgain && !traits.clipsGradients)
            #expect(traits.readsPrompts && traits.repeatsSamples && traits.reportsOwnDistribution)
            #expect(traits.builtIns == BuiltInLosses(crossEntropy: nil, ppo: traits.divisor))
        }
    }
}
