/// What a backend can do beyond sampling; a recipe lists what it needs and is refused early where it is missing.
public enum Capability: String, Sendable, Hashable, Codable, CaseIterable {
    /// Returns the logprob of every token of given sequences.
    case logprobs
    /// Accumulates gradients and takes optimiser steps.
    case training
    /// Saves and restores its whole learning state.
    case snapshots
}

/// A language model as the domain sees it: something that continues and scores sequences of tokens.
///
/// Laws, checked by `PolicyLaws` for each implementation: equal requests and weights give equal completions; a completion's
/// `logprobs` equal what `logprobs(of:)` says of the same tokens (within 1e-5 on the embedded engine); decoding an encoded text
/// gives the text back.
public protocol Policy: Sendable {
    /// The name it was opened by, such as `seedling` or a directory.
    var name: String { get }
    /// What it offers.
    var capabilities: Set<Capability> { get }
    /// The most tokens a sequence may have, prompt included.
    var contextLength: Int { get }

    /// The token that ends a turn of the policy; nil where turns have no end of their own.
    var endOfTurn: TokenID? { get }

    /// The tokens of a text; special tokens written in it are ordinary text.
    func encode(_ text: String) throws -> [TokenID]

    /// The tokens of a request to answer a text, as the model is used to being asked: a turn of a conversation, for one that has turns.
    func prompt(for text: String) throws -> [TokenID]

    /// The tokens between a finished turn of the policy and its next: the other side's turn that says the text, and the opening of the
    /// reply.
    ///
    /// - Parameter isClosed: Whether the policy's turn ended in its end-of-text token; where it was cut off, the end is supplied.
    func followUp(to text: String, isClosed: Bool) throws -> [TokenID]

    /// The text of tokens, without special tokens.
    func decode(_ tokens: [TokenID]) -> String

    /// Continues each request's prompt `count` times. The result is in the order of the requests, then of the samples.
    func sample(_ requests: [SamplingRequest], options: SamplingOptions) async throws -> [[Completion]]

    /// The logprob, under the model's own distribution, of each token of `targets` after its context.
    func logprobs(of sequences: [ScoredSequence]) async throws -> [Logprobs<FullVocabulary>]
}

extension Policy {
    /// The tokens of a turn of the policy that says a text: the text and the end of the turn, where it has one.
    ///
    /// - Throws: What `encode` throws.
    public func turn(saying text: String) throws -> [TokenID] { try encode(text) + [endOfTurn].compactMap(\.self) }

    /// None.
    public var endOfTurn: TokenID? { nil }

    /// The text itself: for models that know no turns.
    public func prompt(for text: String) throws -> [TokenID] { try encode(text) }

    /// The text itself: for models that know no turns.
    public func followUp(to text: String, isClosed: Bool) throws -> [TokenID] { try encode(text) }
}

/// A policy that learns.
///
/// Gradients add up over calls until `optimizerStep` applies and clears them.
public protocol TrainablePolicy: Policy {
    /// Evaluates the objective at the current logprobs and adds its gradient.
    ///
    /// The gradient with respect to the weights is carried by dLoss/dlogprob for each token alone, so every objective runs on every
    /// backend. All sequences of a batch are given to the objective at once: groups and pairs must not be split over batches.
    func accumulateGradients(_ batch: TrainingBatch, objective: any Objective) async throws -> ObjectiveReport

    /// Applies the accumulated gradients and clears them.
    func optimizerStep(_ parameters: OptimizerParameters) async throws -> OptimizerReport

    /// Evaluates the objective at the current logprobs, and makes one step along its gradient and what was accumulated before.
    ///
    /// The same as `accumulateGradients` and `optimizerStep`, one after the other; a backend that is far away may need one pass where
    /// these need two.
    func learn(
        from batch: TrainingBatch, objective: any Objective, parameters: OptimizerParameters
    ) async throws -> (objective: ObjectiveReport, optimizer: OptimizerReport)

    /// The whole learning state: weights, optimiser moments and step count.
    func snapshot() async throws -> PolicySnapshot

    /// A copy of the policy as it is now, which no longer learns: a reference for KL, or the incumbent.
    func frozen() async throws -> any Policy

    /// A copy of the policy as it is now that learns on its own, from an optimiser without memory: a critic in the making.
    func copy() async throws -> any TrainablePolicy

    /// Returns to a state taken from this policy or one of the same shape; accumulated gradients are cleared.
    func restore(_ snapshot: PolicySnapshot) async throws
}

extension TrainablePolicy {
    /// Accumulates the gradients, then makes the step.
    ///
    /// - Throws: What the two throw.
    public func learn(
        from batch: TrainingBatch, objective: any Objective, parameters: OptimizerParameters
    ) async throws -> (objective: ObjectiveReport, optimizer: OptimizerReport) {
        let report = try await accumulateGradients(batch, objective: objective)
        return (report, try await optimizerStep(parameters))
    }
}
