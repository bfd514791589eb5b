/// A second policy that learns on its own: a critic, judge or reward model in the making.
///
/// It reads and writes as any policy does, and learns through the workshop alone, which refuses held-out problems: what teaches it is out
/// of reach by type.
public struct Critic: Policy {
    let learner: any TrainablePolicy

    init(_ learner: any TrainablePolicy) { self.learner = learner }

    /// A copy as it is now that goes on learning on its own, from an optimiser without memory.
    ///
    /// - Throws: What the policy throws.
    public func copy() async throws -> Critic { Critic(try await learner.copy()) }

    /// What identifies its weights.
    ///
    /// - Throws: What the policy throws.
    public var weightsHash: String { get async throws { try await learner.snapshot().weightsHash } }

    /// The name that the first policy was opened by.
    public var name: String { learner.name }
    /// What it offers.
    public var capabilities: Set<Capability> { learner.capabilities }
    /// The most tokens a sequence may have.
    public var contextLength: Int { learner.contextLength }
    /// The token that ends a turn of it.
    public var endOfTurn: TokenID? { learner.endOfTurn }

    /// The tokens of a text.
    public func encode(_ text: String) throws -> [TokenID] { try learner.encode(text) }
    /// The tokens of a request to answer a text.
    public func prompt(for text: String) throws -> [TokenID] { try learner.prompt(for: text) }
    /// The tokens between a finished turn and the next.
    public func followUp(to text: String, isClosed: Bool) throws -> [TokenID] { try learner.followUp(to: text, isClosed: isClosed) }
    /// The text of tokens.
    public func decode(_ tokens: [TokenID]) -> String { learner.decode(tokens) }

    /// Continues each prompt.
    public func sample(_ requests: [SamplingRequest], options: SamplingOptions) async throws -> [[Completion]] {
        try await learner.sample(requests, options: options)
    }

    /// The logprob of each target.
    public func logprobs(of sequences: [ScoredSequence]) async throws -> [Logprobs<FullVocabulary>] {
        try await learner.logprobs(of: sequences)
    }
}
