import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import Testing

@testable import Remote

extension SkyRLTests {
    /// The same adapter, the same batch and the same step, at the service and in the embedded engine.
    @Suite("Optimiser steps")
    struct StepTests {
        private static let objectives: [(name: String, weights: [Float], objective: any Objective)] = [
            ("imitation", [1], SupervisedFineTuning()),
            ("imitation with fractional weights", [0.25, 1, 0.6], SupervisedFineTuning()),
            ("unlikelihood", [-1], SupervisedFineTuning()),
            ("weights of both signs", [1, -0.5, 0.3], SupervisedFineTuning()),
            ("policy gradient", [1], PolicyGradient()),
            ("policy gradient with ratio", [1], PolicyGradient(usesImportanceRatio: true)),
            ("GRPO", [1], GroupRelative()),
            ("GRPO with KL and clip-higher", [1], GroupRelative(clipLow: 0.2, clipHigh: 0.28, klCoefficient: 0.3)),
            ("NFT", [1], NegativeAware(divisor: 4)),
            ("DPO", [1], Pairwise()),
            ("pairs regressed onto rewards", [1, 0.5], Pairwise(loss: .rewardRegression, beta: 1)),
        ]

        @Test("change logprobs as they do in the embedded engine, whatever the objective")
        func agree() async throws {
            try await SkyRL.withPolicy { policy in
                let embedded = try await Self.embedded(adapterOf: policy)
                let sequences = try await Self.sequences(by: policy)
                let (start, own) = (try await policy.snapshot(), await embedded.snapshot())
                for (name, weights, objective) in Self.objectives {
                    try await policy.restore(start)
                    try await embedded.restore(own)
                    let batch = Self.batch(sequences, weights: weights)
                    let remote = try await Self.change(of: policy, batch, objective)
                    let local = try await Self.change(of: embedded, batch, objective)
                    let (cosine, size) = Self.compare(remote, local)
                    print("step of \(name): cosine \(cosine), size ×\(size)")
                    #expect(cosine > 0.99 && (0.97...1.03).contains(size), "\(name): cosine \(cosine), size ×\(size)")
                }
            }
        }

        @Test("three of them carry the optimiser's memory on as the embedded engine does")
        func memory() async throws {
            try await SkyRL.withPolicy { policy in
                let embedded = try await Self.embedded(adapterOf: policy)
                let batch = Self.batch(try await Self.sequences(by: policy), weights: [1, -0.2, 0.5])
                let remote = try await Self.change(of: policy, batch, SupervisedFineTuning(), steps: 3)
                let local = try await Self.change(of: embedded, batch, SupervisedFineTuning(), steps: 3)
                let (cosine, size) = Self.compare(remote, local)
                print("three steps: cosine \(cosine), size ×\(size)")
                #expect(cosine > 0.99 && (0.97...1.03).contains(size), "cosine \(cosine), size ×\(size)")
            }
        }

        /// The adapter as the service wrote it for its sampler, over the same base.
        private static func embedded(adapterOf policy: TinkerPolicy) async throws -> EmbeddedPolicy {
            let model = try SkyRL.model()
            let path = try await policy.serve().path
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("skyrl-adapter-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try SavedAdapter(path).write(to: folder)
            let adapter = try LowRankAdapter(directory: folder, of: model.transformer)
            #expect(adapter.configuration == AdapterConfiguration(rank: 8, alpha: 32))
            return EmbeddedPolicy(model, name: "embedded", adapter: adapter)
        }

        /// Samples of the policy, four to each prompt.
        private static func sequences(by policy: TinkerPolicy) async throws -> [(prompt: [TokenID], completion: Completion, group: Int)] {
            let prompts = ["choice 7+2, 9 A, 8 B, 12 C, 3 D\n", "choice largest, 4 A, 8 B, 1 C, 3 D\n", "choice 2*3, 5 A, 6 B, 7 C, 8 D\n"]
            let requests = try prompts.enumerated().map {
                SamplingRequest(prompt: try policy.prompt(for: $1), count: 4, key: SeedTree(root: 6)("request", $0))
            }
            let groups = try await policy.sample(requests, options: SamplingOptions(maximumTokens: 6))
            return zip(requests, groups).enumerated().flatMap { group, pair in pair.1.map { (pair.0.prompt, $0, group) } }
        }

        /// Half of them right; behaviour and reference are a little elsewhere, so that ratios and KL have slopes.
        private static func batch(
            _ sequences: [(prompt: [TokenID], completion: Completion, group: Int)], weights: [Float]
        ) -> TrainingBatch {
            TrainingBatch(
                sequences.enumerated().map { place, sequence in
                    let (tokens, logprobs) = (sequence.completion.tokens, sequence.completion.logprobs.values)
                    let isRight = place % 2 == 0
                    return TrainingSequence(
                        context: sequence.prompt, targets: tokens, weight: weights[place % weights.count],
                        advantages: tokens.indices.map { (isRight ? 1 : -0.7) + 0.1 * Float($0) },
                        behavior: Logprobs(logprobs.map { $0 + (place % 3 == 0 ? 0.05 : -0.05) }),
                        reference: Logprobs(logprobs.map { $0 - 0.1 }), group: sequence.group, reward: isRight ? 1 : 0, groupReward: 0.5)
                })
        }

        /// By how much steps on a batch move the logprobs of its tokens.
        private static func change(
            of policy: any TrainablePolicy, _ batch: TrainingBatch, _ objective: any Objective, steps: Int = 1
        ) async throws -> [Float] {
            let scored = batch.sequences.map { ScoredSequence($0) }
            let before = try await policy.logprobs(of: scored).flatMap(\.values)
            let parameters = OptimizerParameters(learningRate: 1e-3, maximumGradientNorm: .infinity)
            for _ in 0..<steps {
                let report = try await policy.learn(from: batch, objective: objective, parameters: parameters)
                #expect(report.optimizer.applied && report.objective.loss.isFinite)
            }
            return zip(try await policy.logprobs(of: scored).flatMap(\.values), before).map { $0 - $1 }
        }

        /// The cosine of two changes, and the size of the first as a multiple of that of the second.
        private static func compare(_ first: [Float], _ second: [Float]) -> (cosine: Double, size: Double) {
            func product(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
            let (one, other) = (product(first, first).squareRoot(), product(second, second).squareRoot())
            return (product(first, second) / (one * other), one / other)
        }
    }
}
