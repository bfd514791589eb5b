import Autodidact
import Foundation

/// A policy that judges last actions as it is told, and neither samples nor learns; a token is a character, 0 the end.
final class JudgingPolicy: TrainablePolicy {
    let name = "judging"
    let capabilities = Set(Capability.allCases)
    let contextLength: Int
    private let goodness: @Sendable (_ action: String) -> Double

    /// A judge by the probability that an action is good.
    init(contextLength: Int = 4096, goodness: @escaping @Sendable (String) -> Double) {
        self.contextLength = contextLength
        self.goodness = goodness
    }

    var endOfTurn: TokenID? { 0 }

    func encode(_ text: String) -> [TokenID] { text.unicodeScalars.map { TokenID($0.value) } }

    func decode(_ tokens: [TokenID]) -> String {
        tokens.reduce(into: "") { text, token in
            if token > 0, let scalar = UnicodeScalar(UInt32(token)) { text.unicodeScalars.append(scalar) }
        }
    }

    func sample(_ requests: [SamplingRequest], options: SamplingOptions) -> [[Completion]] { requests.map { _ in [] } }

    /// The whole probability of a label lies on its first token.
    func logprobs(of sequences: [ScoredSequence]) -> [Logprobs<FullVocabulary>] {
        sequences.map { sequence in
            // The action stands above its observation, and that above the question.
            let action = decode(sequence.context).split(separator: "\n").dropLast(2).last.map(String.init) ?? ""
            let isGood = decode(sequence.targets) == FeedbackPrompts.stepAnswers.good
            let probability = isGood ? goodness(action) : 1 - goodness(action)
            return Logprobs(sequence.targets.indices.map { $0 == 0 ? Float(log(probability)) : 0 })
        }
    }

    func accumulateGradients(_ batch: TrainingBatch, objective: any Objective) -> ObjectiveReport {
        ObjectiveReport(loss: 0, metrics: [:], tokens: batch.tokens)
    }

    func optimizerStep(_ parameters: OptimizerParameters) -> OptimizerReport { OptimizerReport(gradientNorm: 0, applied: true) }
    func snapshot() -> PolicySnapshot { PolicySnapshot(weights: [1], optimizer: [1]) }
    func frozen() -> any Policy { self }
    func copy() -> any TrainablePolicy { self }
    func restore(_ snapshot: PolicySnapshot) {}
}
