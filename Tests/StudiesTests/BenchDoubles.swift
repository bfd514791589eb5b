import Autodidact
import TestSupport

@testable import Studies

extension StudyBench {
    /// The bench of one cell, without a runner.
    static func alone(_ policy: any TrainablePolicy, seed: UInt64 = 1) async throws -> StudyBench {
        StudyBench(
            policy: policy, base: try await policy.snapshot(), seed: seed, scale: .quick, clock: ManualClock(), cache: EvaluationCache(),
            events: { _ in })
    }
}

/// A policy that keeps what it is trained on, and the copies that are made of it.
final class WatchedPolicy: TrainablePolicy {
    /// What it was trained on, step by step.
    let batches = Recorder<TrainingBatch>()
    /// How many sequences it was asked to score, call by call.
    let scored = Recorder<Int>()
    /// Its copies that learn, watched as well.
    let copies = Recorder<WatchedPolicy>()
    private let wrapped: any TrainablePolicy

    init(_ wrapped: any TrainablePolicy) { self.wrapped = wrapped }

    var name: String { wrapped.name }
    var capabilities: Set<Capability> { wrapped.capabilities }
    var contextLength: Int { wrapped.contextLength }
    var endOfTurn: TokenID? { wrapped.endOfTurn }

    func encode(_ text: String) throws -> [TokenID] { try wrapped.encode(text) }
    func decode(_ tokens: [TokenID]) -> String { wrapped.decode(tokens) }

    func sample(_ requests: [SamplingRequest], options: SamplingOptions) async throws -> [[Completion]] {
        try await wrapped.sample(requests, options: options)
    }

    func logprobs(of sequences: [ScoredSequence]) async throws -> [Logprobs<FullVocabulary>] {
        scored.record(sequences.count)
        return try await wrapped.logprobs(of: sequences)
    }

    func accumulateGradients(_ batch: TrainingBatch, objective: any Objective) async throws -> ObjectiveReport {
        batches.record(batch)
        return try await wrapped.accumulateGradients(batch, objective: objective)
    }

    func optimizerStep(_ parameters: OptimizerParameters) async throws -> OptimizerReport { try await wrapped.optimizerStep(parameters) }
    func snapshot() async throws -> PolicySnapshot { try await wrapped.snapshot() }
    func frozen() async throws -> any Policy { try await wrapped.frozen() }

    func copy() async throws -> any TrainablePolicy {
        let copy = WatchedPolicy(try await wrapped.copy())
        copies.record(copy)
        return copy
    }

    func restore(_ snapshot: PolicySnapshot) async throws { try await wrapped.restore(snapshot) }
}

/// A policy that gives scripted replies, in order and over and over, and never learns; a token is a character, 0 the end.
final class AnsweringPolicy: TrainablePolicy, EarlyExitPolicy {
    struct Reply: Sendable {
        let text: String
        /// Whether it ended by itself; it was cut off where not.
        var isClosed = true
    }

    let name = "answering"
    let capabilities = Set(Capability.allCases)
    let contextLength = 4096
    let layers = 3
    private let replies: @Sendable (_ prompt: String) -> [Reply]
    private let repliesAtExit: @Sendable (_ layer: Int, _ prompt: String) -> [Reply]

    init(
        replies: @escaping @Sendable (String) -> [Reply],
        atExit repliesAtExit: @escaping @Sendable (Int, String) -> [Reply] = { _, _ in [Reply(text: "")] }
    ) {
        self.replies = replies
        self.repliesAtExit = repliesAtExit
    }

    var endOfTurn: TokenID? { 0 }

    func encode(_ text: String) -> [TokenID] { text.unicodeScalars.map { TokenID($0.value) } }

    func decode(_ tokens: [TokenID]) -> String {
        tokens.reduce(into: "") { text, token in
            if token > 0, let scalar = UnicodeScalar(UInt32(token)) { text.unicodeScalars.append(scalar) }
        }
    }

    func sample(_ requests: [SamplingRequest], options: SamplingOptions) -> [[Completion]] {
        requests.map { request in
            let replies = replies(decode(request.prompt))
            return (0..<request.count).map { member in
                let reply = replies[member % replies.count]
                let tokens = encode(reply.text) + (reply.isClosed ? [0] : [])
                let zeros = tokens.map { _ in Float(0) }
                return Completion(
                    tokens: tokens, logprobs: Logprobs(zeros), drawnLogprobs: Logprobs(zeros),
                    stopReason: reply.isClosed ? .endOfText : .length)
            }
        }
    }

    func logprobs(of sequences: [ScoredSequence]) -> [Logprobs<FullVocabulary>] {
        sequences.map { Logprobs($0.targets.map { _ in 0 }) }
    }

    func accumulateGradients(_ batch: TrainingBatch, objective: any Objective) -> ObjectiveReport {
        ObjectiveReport(loss: 0, metrics: [:], tokens: batch.tokens)
    }

    func optimizerStep(_ parameters: OptimizerParameters) -> OptimizerReport { OptimizerReport(gradientNorm: 0, applied: true) }
    func snapshot() -> PolicySnapshot { PolicySnapshot(weights: [1], optimizer: [1]) }
    func frozen() -> any Policy { self }
    func copy() -> any TrainablePolicy { self }
    func restore(_ snapshot: PolicySnapshot) {}

    func exit(afterLayer layer: Int) -> any Policy {
        AnsweringPolicy(replies: { [repliesAtExit] in repliesAtExit(layer, $0) })
    }
}
