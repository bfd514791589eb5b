import Randomness

/// An interaction with an environment up to some turn: the state of a node when episodes are searched.
///
/// A value with the environment in it, so that going on from here never disturbs what others made of the same beginning. Tokens are kept
/// as they were sampled.
public struct InteractionState: Sendable {
    /// A turn of the policy and the environment's answer.
    public struct Step: Sendable, Hashable {
        /// What the policy wrote.
        public let action: String
        /// The action as sampled.
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
    /// - Throws: What the policy throws when it encodes the prompt.
    public init(_ problem: Problem, environment: any Environment, policy: any Policy) throws {
        var environment = environment
        self.problem = problem
        prompt = try policy.prompt(for: environment.observe())
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

    /// The finished episode; nil as long as it is not over.
    func episode(origin: EpisodeOrigin) -> Episode? {
        guard let outcome, let last = steps.last else { return nil }
        let turns = steps.flatMap { [$0.turn, .environment($0.observed)] }.dropLast()
        return Episode(
            problem: problem, turns: [.environment(prompt)] + turns, response: last.action, stopReason: last.stopReason, verdict: outcome,
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
    /// - Throws: What the policy throws when it encodes the observation.
    public func after(_ turn: Turn, stopReason: StopReason = .endOfText, by policy: any Policy) async throws -> InteractionState {
        precondition(outcome == nil, "the episode is over")
        var next = self
        let action = policy.decode(turn.tokens)
        switch await next.environment.act(action) {
        case .outcome(let verdict):
            next.outcome = verdict
            next.steps.append(Step(action: action, turn: turn, observation: "", observed: [], stopReason: stopReason))
        case .observation(let text, _):
            let observed = try policy.followUp(to: text, isClosed: stopReason == .endOfText)
            next.steps.append(Step(action: action, turn: turn, observation: text, observed: observed, stopReason: stopReason))
            if next.tokens.count >= policy.contextLength { next.outcome = .wrong("the episode does not fit into the policy's context") }
        }
        return next
    }
}

extension Workshop {
    /// Searches episodes on training problems, one tree for each problem, all in lockstep.
    ///
    /// An expansion samples actions and takes them; equal actions from one state are one child. Only finished episodes are scored, with the
    /// environment's own score; one that could not be judged closes its branch unscored.
    /// - Parameters:
    ///   - children: Actions sampled from each state that is expanded.
    ///   - selection: Which state is expanded next.
    /// - Throws: `SearchError`, `CancellationError`, or what policy and environments throw.
    public func searchEpisodes(
        on problems: [Problem], children: Int, selection: NodeSelection, budget: SearchBudget, options: SamplingOptions
    ) async throws -> [SearchTree<InteractionState>] {
        let policy = self.policy
        let roots = try problems.map { problem in
            SearchTree(
                root: try InteractionState(problem, environment: environment(for: problem), policy: policy),
                key: seed("tree", tree(of: problem))(named: problem.id))
        }
        let search = TreeSearch<InteractionState>(
            selection: selection, width: .fixed(children, childrenPerVisit: children),
            merge: SiblingMerge(minimumDistance: 1, resamples: 0) { $0.actions.last == $1.actions.last ? 0 : 1 },
            weights: CriticWeights(value: 0, outcome: 1, reward: 0), budget: budget)
        let weightsHash = standing.weightsHash
        let step = tally.steps - standing.steps
        let grown = try await search.run(roots) { requests in
            let completions = try await self.continuations(
                of: requests.map { SamplingRequest(prompt: $0.state.tokens, count: $0.count, key: $0.key) }, options: options)
            var grown: [[SearchOption<InteractionState>]] = []
            for (request, group) in zip(requests, completions) {
                var children: [SearchOption<InteractionState>] = []
                for completion in group {
                    let state = try await request.state.after(completion, by: policy)
                    children.append(SearchOption(state: state, isTerminal: state.outcome != nil, tokens: completion.tokens.count))
                }
                grown.append(children)
            }
            return grown
        } evaluate: { requests in
            requests.map { request in request.state.outcome?.reward.map { NodeEvaluation(outcome: $0) } }
        }
        let groups = grown.map { tree in
            tree.nodes.indices.compactMap { node in
                tree.nodes[node].state.episode(
                    origin: EpisodeOrigin(weightsHash: weightsHash, step: step, key: tree.key.key, member: node))
            }
        }
        try tally.note(groups.filter { !$0.isEmpty }, options: options)
        return grown
    }
}
