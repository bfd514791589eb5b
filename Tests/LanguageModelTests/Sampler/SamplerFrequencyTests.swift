import Foundation
import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Frequencies of sampled tokens")
struct SamplerFrequencyTests {
    @Test("follow the distribution", arguments: SamplerLogprobTests.rules.filter { $0.temperature > 0 })
    func frequencies(rule: DrawRule) {
        let transformer = ToyTransformer.make(), draws = 4000, prompt: [Int32] = [3, 1, 4]
        let request = ContinuationRequest(prompt: prompt, keys: (0..<draws).map { SeedTree(root: 1)("draw", $0).key })
        let samples = Sampler(transformer, cores: Cores(2)).sample([request], rule: rule, maximumTokens: 2, stopTokens: [])[0]
        let trainer = Trainer(transformer, cores: Cores(2))
        func expected(after prefix: [Int32]) -> [Int: Double] {
            let full = trainer.logprobs((0..<37).map { ScoringSequence(context: prefix, targets: [$0]) }).map { Double($0[0]) }
            return SamplerLogprobTests.keptLogprobs(full, rule).mapValues { exp($0) }
        }
        #expect(Self.deviates(samples.map { $0.tokens[0] }, from: expected(after: prompt)) < 4)
        // The second token, drawn in a decoding step, after the most frequent first one.
        let first = Dictionary(grouping: samples, by: { $0.tokens[0] }).max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
        let followers = first.map { $0.value.map { $0.tokens[1] } } ?? []
        #expect(followers.count > 100 && Self.deviates(followers, from: expected(after: prompt + [first?.key ?? 0])) < 4)
    }

    /// Pearson's chi-square over tokens expected five times or more (the rest as one), in deviations above its mean.
    private static func deviates(_ tokens: [Int32], from distribution: [Int: Double]) -> Double {
        var cells: [(count: Double, expected: Double)] = [], rest = (count: 0.0, expected: 0.0)
        for token in 0..<37 {
            let count = Double(tokens.filter { $0 == Int32(token) }.count)
            let expected = Double(tokens.count) * (distribution[token] ?? 0)
            if expected == 0 && count > 0 { return .infinity }
            if expected >= 5 {
                cells.append((count, expected))
            } else {
                rest = (rest.count + count, rest.expected + expected)
            }
        }
        if rest.expected > 0 { cells.append(rest) }
        guard cells.count > 1 else { return 0 }
        let freedom = Double(cells.count - 1)
        let statistic = cells.reduce(0) { $0 + ($1.count - $1.expected) * ($1.count - $1.expected) / max($1.expected, 1e-9) }
        return (statistic - freedom) / (2 * freedom).squareRoot()
    }
}
