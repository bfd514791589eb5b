import Foundation
import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Logprobs of sampled continuations")
struct SamplerLogprobTests {
    /// fp32 products in another order, where a BLAS library computes them.
    private static let tolerance: Float = 1e-5

    static let rules = [
        DrawRule(temperature: 1, topK: 0, topP: 1),
        DrawRule(temperature: 0.7, topK: 0, topP: 1),
        DrawRule(temperature: 1.3, topK: 0, topP: 1),
        DrawRule(temperature: 0, topK: 0, topP: 1),
        DrawRule(temperature: 1, topK: 5, topP: 1),
        DrawRule(temperature: 1, topK: 0, topP: 0.8),
        DrawRule(temperature: 0.7, topK: 7, topP: 0.9),
    ]

    /// Prompts of one token, around a block of 16 positions, and near the context's end; one to five continuations of each.
    static let requests = [(1, 3), (2, 1), (9, 4), (16, 2), (17, 1), (30, 5), (33, 2), (62, 2), (63, 1)].enumerated().map { index, size in
        ContinuationRequest(
            prompt: ToyTransformer.tokens(size.0, SeedTree(root: 1)("prompt", index)),
            keys: (0..<size.1).map { SeedTree(root: 1)("key", index, $0).key })
    }

    @Test("are the trainer's logprobs of the same tokens, bit for bit", arguments: rules, [(true, 2), (false, 1), (true, 4)])
    func equalTrainer(rule: DrawRule, model: (tiesHead: Bool, keyHeads: Int)) {
        check(ToyTransformer.make(keyHeads: model.keyHeads, tiesHead: model.tiesHead), rule)
    }

    @Test("also with biases, heads without norms and stretched positions", arguments: ToyFamily.allCases)
    func equalTrainer(family: ToyFamily) {
        check(ToyTransformer.make(family: family), Self.rules[0])
    }

    private func check(_ transformer: Transformer, _ rule: DrawRule) {
        let samples = Sampler(transformer, cores: Cores(2)).sample(Self.requests, rule: rule, maximumTokens: 40, stopTokens: [0, 1])
        var sequences: [ScoringSequence] = [], sampled: [[Float]] = []
        for (request, continuations) in zip(Self.requests, samples) {
            #expect(continuations.count == request.keys.count)
            for continuation in continuations {
                #expect(!continuation.tokens.isEmpty && continuation.logprobs.count == continuation.tokens.count)
                sequences.append(ScoringSequence(context: request.prompt, targets: continuation.tokens))
                sampled.append(continuation.logprobs)
            }
        }
        let scored = Trainer(transformer, cores: Cores(2)).logprobs(sequences)
        if MatrixProduct.usesKernels {
            #expect(scored.isIdentical(to: sampled))
        } else {
            #expect(zip(scored.joined(), sampled.joined()).allSatisfy { abs($0 - $1) < Self.tolerance })
        }
    }

    @Test("of the draw are the model's own at temperature 1 without truncation, and zero where greedy")
    func drawnLogprobs() {
        let sampler = Sampler(ToyTransformer.make(), cores: Cores(2))
        let plain = sampler.sample(Self.requests, rule: Self.rules[0], maximumTokens: 20, stopTokens: []).joined()
        #expect(plain.allSatisfy { $0.drawnLogprobs.isIdentical(to: $0.logprobs) })
        let greedy = sampler.sample(Self.requests, rule: Self.rules[3], maximumTokens: 20, stopTokens: []).joined()
        #expect(greedy.allSatisfy { $0.drawnLogprobs == Array(repeating: 0, count: $0.tokens.count) })
    }

    @Test("of the draw are normalised over the kept tokens", arguments: rules.filter { $0.temperature > 0 })
    func keptTokens(rule: DrawRule) {
        let transformer = ToyTransformer.make()
        let request = ContinuationRequest(prompt: [3, 1, 4, 1, 5], keys: (0..<8).map { SeedTree(root: 2)("key", $0).key })
        let samples = Sampler(transformer, cores: Cores(2)).sample([request], rule: rule, maximumTokens: 6, stopTokens: [])[0]
        let trainer = Trainer(transformer, cores: Cores(2))
        for sample in samples {
            for position in sample.tokens.indices {
                let prefix = request.prompt + sample.tokens.prefix(position)
                let full = trainer.logprobs((0..<37).map { ScoringSequence(context: prefix, targets: [$0]) }).map { Double($0[0]) }
                let kept = Self.keptLogprobs(full, rule), token = Int(sample.tokens[position])
                #expect(abs((kept[token] ?? .infinity) - Double(sample.drawnLogprobs[position])) < 2e-5)
            }
        }
    }

    @Test("a greedy token is the most probable one")
    func greedy() {
        let transformer = ToyTransformer.make(), request = ContinuationRequest(prompt: [3, 1, 4], keys: [0])
        let sample = Sampler(transformer, cores: Cores(1)).sample([request], rule: Self.rules[3], maximumTokens: 10, stopTokens: [])[0][0]
        let trainer = Trainer(transformer, cores: Cores(2))
        for position in sample.tokens.indices {
            let prefix = request.prompt + sample.tokens.prefix(position)
            let full = trainer.logprobs((0..<37).map { ScoringSequence(context: prefix, targets: [$0]) }).map { $0[0] }
            #expect(full[Int(sample.tokens[position])] == full.max())
        }
    }

    /// The distribution after temperature, top-k and top-p, from the definition.
    static func keptLogprobs(_ logprobs: [Double], _ rule: DrawRule) -> [Int: Double] {
        func normalised(_ weights: [(token: Int, weight: Double)]) -> [(token: Int, weight: Double)] {
            let total = weights.reduce(0) { $0 + $1.weight }
            return weights.map { ($0.token, $0.weight / total) }
        }
        var tokens = normalised(logprobs.enumerated().map { ($0, exp($1 / Double(rule.temperature))) })
        tokens.sort { $0.weight > $1.weight }
        if rule.topK > 0 { tokens = normalised(Array(tokens.prefix(rule.topK))) }
        if rule.topP < 1 {
            var sum = 0.0, kept: [(token: Int, weight: Double)] = []
            for token in tokens where sum < Double(rule.topP) {
                kept.append(token)
                sum += token.weight
            }
            tokens = normalised(kept)
        }
        return Dictionary(uniqueKeysWithValues: tokens.map { ($0.token, log($0.weight)) })
    }
}
