import Autodidact
import Randomness
import Testing

/// One objective in one configuration, named for the test report.
struct ObjectiveCase: Sendable, CustomTestStringConvertible {
    let name: String
    let objective: any Objective

    var testDescription: String { name }

    static let normalizations: [LossNormalization] = [.tokens, .sequences, .sequenceMean, .constant(7)]

    static let all: [ObjectiveCase] = normalizations.flatMap(tokenWise) + negatives + pairs

    static func tokenWise(_ normalization: LossNormalization) -> [ObjectiveCase] {
        [
            ObjectiveCase(name: "SFT, \(normalization)", objective: SupervisedFineTuning(normalization: normalization)),
            ObjectiveCase(name: "PG, \(normalization)", objective: PolicyGradient(normalization: normalization)),
            ObjectiveCase(
                name: "PG with ratio, \(normalization)",
                objective: PolicyGradient(usesImportanceRatio: true, normalization: normalization)),
            ObjectiveCase(name: "GRPO, \(normalization)", objective: GroupRelative(normalization: normalization)),
            ObjectiveCase(
                name: "GRPO with KL and clip-higher, \(normalization)",
                objective: GroupRelative(clipLow: 0.2, clipHigh: 0.28, klCoefficient: 0.3, normalization: normalization)),
            ObjectiveCase(
                name: "PG with KL, \(normalization)", objective: PolicyGradient(klCoefficient: 0.3, normalization: normalization)),
        ]
    }

    /// The floor lies below every implicit ratio of the batches: on it a slope is no difference.
    static let negatives = NegativeAware.ProblemWeight.allCases.map { weight in
        ObjectiveCase(
            name: "NFT, \(weight.rawValue)",
            objective: NegativeAware(problemWeight: weight, negativeWeight: 0.7, floor: 0.01, divisor: 7))
    }

    static let pairs = [0, -0.4].flatMap { linear in
        [PairLoss.sigmoid(labelSmoothing: 0), .sigmoid(labelSmoothing: 0.1), .squaredLogRatio, .rewardRegression].map { loss in
            ObjectiveCase(
                name: "pairs, \(loss), linear \(linear)", objective: Pairwise(loss: loss, beta: 0.3, linearCoefficient: linear))
        }
    }
}

/// Batches with every feature at once: masks, weights of both signs, advantages of both signs, ratios beyond both bounds, pairs.
struct RandomBatch: Sendable, CustomTestStringConvertible {
    let seed: UInt64
    let batch: TrainingBatch
    let policy: [Logprobs<FullVocabulary>]

    var testDescription: String { "batch \(seed)" }

    init(seed: UInt64) {
        self.seed = seed
        var generator = SeedTree(root: seed)("batch").generator
        // Log ratios away from the bounds' ln 0.8, ln 1.2 and ln 1.28, where the loss has a kink.
        let logRatios: [Float] = [-0.6, -0.1, 0, 0.1, 0.6]
        let weights: [Float] = [1, 0.25, -1.5, 0]
        var sequences: [TrainingSequence] = []
        var policy: [Logprobs<FullVocabulary>] = []
        for i in 0..<6 {
            let count = [5, 1, 8, 3, 0, 4][i]
            let logprobs = (0..<count).map { _ in Float(-0.05 - 3 * generator.uniform()) }
            // Each sequence of the first two pairs trains a token, the others none.
            let mask = (0..<count).map { t in i < 5 && (generator.uniform() < 0.7 || t == 0) }
            sequences.append(
                TrainingSequence(
                    context: [1, 2], targets: [TokenID](repeating: 3, count: count), mask: i == 0 ? nil : mask,
                    weight: weights[generator.index(below: weights.count)],
                    advantages: (0..<count).map { _ in [-1.5, -0.5, 0, 0.5, 2][generator.index(below: 5)] },
                    behavior: Logprobs(logprobs.map { $0 - logRatios[generator.index(below: logRatios.count)] }),
                    reference: Logprobs(logprobs.map { $0 + Float(generator.uniform() - 0.5) }), group: i / 2,
                    klWeights: i == 2 ? [] : (0..<count).map { _ in [0, 0.5, 2][generator.index(below: 3)] },
                    reward: [[1, 1], [1, 0], [0, 1]][(Int(seed) + i / 2) % 3][i % 2], groupReward: [0.125, 0.375, 0.25][i / 2]
                ))
            policy.append(Logprobs(logprobs))
        }
        batch = TrainingBatch(sequences)
        self.policy = policy
    }

    static let all = (1...4 as ClosedRange<UInt64>).map(RandomBatch.init)
}

@Suite("Objective laws")
struct ObjectiveLawTests {
    /// Truncation of a central difference at this step is below 1e-6 for every token loss here; slopes are stored as Float.
    static let step: Float = 0x1p-10
    static let tolerance = 1e-5

    @Test("the form in which a service computes a loss has the same slopes", arguments: ObjectiveCase.all, RandomBatch.all)
    func surrogates(_ test: ObjectiveCase, on random: RandomBatch) {
        guard let surrogate = test.objective.surrogate(of: random.batch) else { return }
        let slopes = test.objective.evaluate(random.batch, policy: random.policy).slopes
        for (own, carried) in zip(slopes, surrogate.slopes(of: random.batch, policy: random.policy)) {
            #expect(own.count == carried.count && zip(own, carried).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($0)) })
        }
    }

    @Test("slopes equal central differences", arguments: ObjectiveCase.all, RandomBatch.all)
    func slopes(_ test: ObjectiveCase, on random: RandomBatch) {
        let value = test.objective.evaluate(random.batch, policy: random.policy)
        for (i, sequence) in random.batch.sequences.enumerated() {
            for t in sequence.targets.indices {
                func loss(_ logprob: Float) -> Double {
                    var policy = random.policy
                    var logprobs = policy[i].values
                    logprobs[t] = logprob
                    policy[i] = Logprobs(logprobs)
                    return test.objective.evaluate(random.batch, policy: policy).loss
                }
                let (low, high) = (random.policy[i].values[t] - Self.step, random.policy[i].values[t] + Self.step)
                let difference = (loss(high) - loss(low)) / (Double(high) - Double(low))
                #expect(
                    abs(Double(value.slopes[i][t]) - difference) < Self.tolerance * max(1, abs(difference)), "sequence \(i), token \(t)")
                if !sequence.isTrained(t) { #expect(value.slopes[i][t] == 0) }
            }
        }
    }

    @Test(
        "where an objective says that it can be taken apart, a sequence's slopes do not read the others' logprobs",
        arguments: ObjectiveCase.all.filter(\.objective.isSeparable), RandomBatch.all)
    func separability(_ test: ObjectiveCase, on random: RandomBatch) {
        let slopes = test.objective.evaluate(random.batch, policy: random.policy).slopes
        for i in random.policy.indices {
            let others = random.policy.enumerated().map { $0 == i ? $1 : Logprobs([Float](repeating: 0, count: $1.count)) }
            #expect(test.objective.evaluate(random.batch, policy: others).slopes[i] == slopes[i])
        }
    }

    @Test("an objective that compares sequences never says so")
    func comparisons() {
        #expect(ObjectiveCase.all.allSatisfy { !($0.objective.isSeparable && $0.objective.comparesGroups) })
    }

    @Test("the batches do reach every branch of the clip")
    func branches() {
        for random in RandomBatch.all {
            let metrics = GroupRelative().evaluate(random.batch, policy: random.policy).metrics
            #expect((metrics["clip_ratio/low_mean"] ?? 0) + (metrics["clip_ratio/high_mean"] ?? 0) > 0)
        }
        let low = RandomBatch.all.map { GroupRelative().evaluate($0.batch, policy: $0.policy).metrics["clip_ratio/low_mean"] ?? 0 }
        let high = RandomBatch.all.map { GroupRelative().evaluate($0.batch, policy: $0.policy).metrics["clip_ratio/high_mean"] ?? 0 }
        #expect(low.contains { $0 > 0 } && high.contains { $0 > 0 })
    }

    @Test("the batches do hold pairs of either order, ties, and right and wrong answers")
    func pairs() {
        let pairs = RandomBatch.all.flatMap { random in
            [0, 2].map { (random.batch.sequences[$0].reward ?? 0) - (random.batch.sequences[$0 + 1].reward ?? 0) }
        }
        #expect(Set(pairs) == [-1, 0, 1])
    }

    @Test("what is not required is not read, and what is required is missed", arguments: ObjectiveCase.all, RandomBatch.all)
    func requirements(_ test: ObjectiveCase, on random: RandomBatch) {
        func stripped(keeping kept: Set<ObjectiveRequirement>) -> TrainingBatch {
            TrainingBatch(
                random.batch.sequences.map {
                    TrainingSequence(
                        context: $0.context, targets: $0.targets, mask: $0.mask, weight: $0.weight,
                        advantages: kept.contains(.advantages) ? $0.advantages : [],
                        behavior: kept.contains(.behaviorLogprobs) ? $0.behavior : nil,
                        reference: kept.contains(.referenceLogprobs) ? $0.reference : nil, group: $0.group, klWeights: $0.klWeights,
                        reward: kept.contains(.reward) ? $0.reward : nil,
                        groupReward: kept.contains(.groupReward) ? $0.groupReward : nil)
                })
        }
        let full = test.objective.evaluate(random.batch, policy: random.policy)
        let bare = stripped(keeping: test.objective.requirements)
        let value = test.objective.evaluate(bare, policy: random.policy)
        #expect(value.loss == full.loss && value.slopes == full.slopes)
        #expect(test.objective.missing(in: bare) == nil)
        for requirement in test.objective.requirements {
            let message = test.objective.missing(in: stripped(keeping: test.objective.requirements.subtracting([requirement])))
            #expect(message?.contains(requirement.rawValue) == true)
        }
    }

    @Test("a sequence that trains nothing changes neither loss nor slopes", arguments: ObjectiveCase.all)
    func untrainedSequence(_ test: ObjectiveCase) {
        let random = RandomBatch.all[0]
        let idle = TrainingSequence(
            context: [], targets: [1, 1], mask: [false, false], advantages: [1, 1], behavior: Logprobs([-1, -1]),
            reference: Logprobs([-1, -1]), reward: 1, groupReward: 0.5)
        let value = test.objective.evaluate(random.batch, policy: random.policy)
        let more = test.objective.evaluate(
            TrainingBatch(random.batch.sequences + [idle]), policy: random.policy + [Logprobs([-.infinity, .nan])])
        #expect(more.loss == value.loss)
        #expect(more.slopes == value.slopes + [[0, 0]])
        #expect(more.metrics == value.metrics)
    }

    @Test("a batch is the mean of its parts, weighted by what is counted", arguments: ObjectiveCase.normalizations)
    func split(_ normalization: LossNormalization) {
        let random = RandomBatch.all[1]
        let objective = GroupRelative(klCoefficient: 0.1, normalization: normalization)
        let whole = objective.evaluate(random.batch, policy: random.policy)
        func part(_ range: Range<Int>) -> (value: ObjectiveValue, counted: Double) {
            let batch = TrainingBatch(Array(random.batch.sequences[range]))
            let sequences = batch.sequences.count { $0.trainedTokens > 0 }
            return (
                objective.evaluate(batch, policy: Array(random.policy[range])),
                Double(normalization == .tokens ? batch.trainedTokens : sequences)
            )
        }
        let (first, second) = (part(0..<2), part(2..<6))
        let total = first.counted + second.counted
        #expect(abs((first.value.loss * first.counted + second.value.loss * second.counted) / total - whole.loss) < 1e-12)
        for (i, slope_T) in whole.slopes.enumerated() {
            let (part, index) = i < 2 ? (first, i) : (second, i - 2)
            for (t, slope) in slope_T.enumerated() {
                #expect(abs(Double(part.value.slopes[index][t]) * part.counted / total - Double(slope)) < 1e-6)
            }
        }
    }

    @Test("an empty batch has loss 0 and no slopes", arguments: ObjectiveCase.all)
    func empty(_ test: ObjectiveCase) {
        let value = test.objective.evaluate(TrainingBatch([]), policy: [])
        #expect(value.loss == 0 && value.slopes.isEmpty && value.metrics.values.allSatisfy { $0.isFinite })
    }
}
