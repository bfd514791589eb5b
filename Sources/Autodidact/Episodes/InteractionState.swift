/// An interaction of a policy with an environment up to some turn: an episode that is being made, in a rollout or in a search.
///
/// A value with the environment in it, so that going on from here never disturbs what others made of the same beginning. Tokens are kept
/// as they were sampled.
public struct InteractionState: Sendable {
    /// A turn of the policy and the environment's answer.
    public struct Step: Sendable, Hashable {
        /// What the policy wrote.
        public let action: String
        /// The action as sampled, with what the environment thought of it where it said so.
        public let turn: Turn
        /// What the environment answered, as text; empty after the last.
        public let observation: String
        /// The same as tokens.
        public let observed: [TokenID]
        /// Why the turn ended.
        public let stopReason: StopReason
    }

    /// What is attempted.
    public let problem: Problem
    /// The first thing the policy sees.
    public let prompt: [TokenID]
    /// What has happened since.
    public private(set) var steps: [Step] = []
    /// The outcome, once the episode is over.
    public private(set) var outcome: Verdict?
    private var environment: any Environment

    /// The beginning of an episode.
    ///
    /// - Throws: `RolloutError.promptTooLong`, or what the policy throws when it encodes the prompt.
    public init(_ problem: Problem, environment: any Environment, policy: any Policy) throws {
        var environment = environment
        self.problem = problem
        prompt = try policy.prompt(for: environment.observe(), of: problem.id)
        self.environment = environment
    }

    /// All tokens so far.
    public var tokens: [TokenID] { steps.reduce(into: prompt) { $0 += $1.turn.tokens + $1.observed } }

    /// What was done, in order.
    public var actions: [String] { steps.map(\.action) }

    /// The interaction as text, up to and including `count` steps, as judges are shown it.
    public func transcript(steps count: Int? = nil) -> String {
        FeedbackPrompts.transcript(prompt: problem.prompt, turns: steps.prefix(count ?? steps.count).map { ($0.action, $0.observation) })
    }

    /// The episode as it is kept, ended by `outcome` where it has not ended by itself; nil where there is no outcome or no turn.
    func episode(origin: EpisodeOrigin, orElse outcome: Verdict? = nil) -> Episode? {
        guard let verdict = self.outcome ?? outcome, let last = steps.last else { return nil }
        let turns = steps.flatMap { [$0.turn, .environment($0.observed)] }.dropLast()
        return Episode(
            problem: problem, turns: [.environment(prompt)] + turns, response: last.action, stopReason: last.stopReason, verdict: verdict,
            origin: origin)
    }

    /// The state after another turn of the policy.
    ///
    /// - Throws: What the policy throws when it encodes the observation.
    public func after(_ completion: Completion, by policy: any Policy) async throws -> InteractionState {
        try await after(.policy(completion), stopReason: completion.stopReason, by: policy)
    }

    /// The state after an action that was taken elsewhere, token for token.
    ///
    /// `stopReason` says whether the turn's end is among its tokens: where it was cut off, the follow-up supplies it. An episode that the
    /// policy's context cannot hold any longer ends there, as a failure of the policy.
    /// - Throws: What the policy throws when it encodes the observation.
    public func after(_ turn: Turn, stopReason: StopReason, by policy: any Policy) async throws -> InteractionState {
        precondition(outcome == nil, "the episode is over")
        var next = self
        let action = policy.decode(turn.tokens)
        switch await next.environment.act(action) {
        case .outcome(let verdict):
            next.outcome = verdict
            next.steps.append(Step(action: action, turn: turn, observation: "", observed: [], stopReason: stopReason))
        case .observation(let text, let judgement):
            let observed = try policy.followUp(to: text, isClosed: stopReason == .endOfText)
            next.steps.append(
                Step(action: action, turn: turn.judged(judgement), observation: text, observed: observed, stopReason: stopReason))
            if next.tokens.count >= policy.contextLength {
                next.outcome = .wrong("the episode does not fit into the policy's context of \(policy.contextLength) tokens")
            }
        }
        return next
    }
}

extension Policy {
    /// The tokens of a request to answer a text, with room left for an answer; `problem` is named where there is none.
    ///
    /// - Throws: `RolloutError.promptTooLong`, or what the policy throws when it encodes the text.
    func prompt(for text: String, of problem: Problem.ID) throws -> [TokenID] {
        let prompt = try prompt(for: text)
        guard prompt.count < contextLength else {
            throw RolloutError.promptTooLong(problem: problem, tokens: prompt.count, contextLength: contextLength)
        }
        return prompt
    }
}
