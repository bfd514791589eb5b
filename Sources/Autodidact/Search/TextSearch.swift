public import Randomness

/// Continues raw prompts as well as scoring them: a workshop, or whatever a study supplies.
public protocol ContinuationSource: LogprobSource {
    /// Continuations of raw prompts, in the order of the requests, then of the samples.
    func continuations(of requests: [SamplingRequest], options: SamplingOptions, by policy: (any Policy)?) async throws -> [[Completion]]
}

extension Workshop: ContinuationSource {}
extension BlindWorkshop: ContinuationSource {}

/// Tree search over the steps of responses to many questions: a policy writes, critics that are policies judge.
///
/// Options are sampled one step each; a new node that is no end gets fast rollouts to the end, which the outcome critic judges; the value
/// critic reads the node itself. What is too long for a critic has no score: a rollout has no say, a node is closed unscored. No verifier
/// and no reference can be reached from here. Tokens are counted as far as they are kept: what a response has beyond its room, because
/// others of its batch had more, is cut off and stands in the workshop's count alone.
public struct TextSearch: Sendable {
    private let source: any ContinuationSource
    private let writer: any Policy
    private let valueCritic: CriticReader
    private let outcomeCritic: CriticReader
    private let settings: TextSearchSettings
    private let maximumTokens: Int
    private let segmenter: StepSegmenter

    /// A search of these parts.
    ///
    /// - Parameters:
    ///   - writer: Who writes the steps.
    ///   - valueCritic: Says of a beginning whether it leads to a right answer.
    ///   - outcomeCritic: Says of a finished response whether it is right.
    ///   - maximumTokens: The most tokens of a response.
    public init(
        source: any ContinuationSource, writer: any Policy, valueCritic: any Policy, outcomeCritic: any Policy,
        settings: TextSearchSettings, maximumTokens: Int
    ) {
        self.source = source
        self.writer = writer
        self.valueCritic = CriticReader(valueCritic, source: source)
        self.outcomeCritic = CriticReader(outcomeCritic, source: source)
        self.settings = settings
        self.maximumTokens = maximumTokens
        segmenter = settings.segmenter(maximumTokens: maximumTokens)
    }

    /// One tree for each question, grown in lockstep; the draws of a tree are named by `key` and its question.
    ///
    /// - Throws: `SearchError`, `RolloutError`, `CancellationError`, or what the policies throw.
    public func trees(for questions: [Question], key: SeedTree) async throws -> [SearchTree<TextState>] {
        let trees = try questions.map { SearchTree(root: try beginning(of: $0), key: key(named: $0.id)) }
        return try await settings.search.run(trees) {
            try await options(for: $0)
        } evaluate: {
            try await evaluations(of: $0)
        }
    }

    private func beginning(of question: Question) throws -> TextState {
        TextState(question: question, prompt: try writer.prompt(for: question.prompt, of: question.id))
    }

    private func room(after state: TextState) -> Int {
        let written = state.responseTokens.count
        return max(0, min(maximumTokens - written, writer.contextLength - state.prompt.count - written))
    }

    private func options(for requests: [ExpansionRequest<TextState>]) async throws -> [[SearchOption<TextState>]] {
        let rooms = requests.map { room(after: $0.state) }
        let sampling = segmenter.sampling(temperature: settings.temperature, room: rooms.max() ?? 0)
        let completions = try await source.continuations(
            of: requests.map { SamplingRequest(prompt: $0.state.tokens, count: $0.count, key: $0.key) }, options: sampling, by: writer)
        return zip(zip(requests, rooms), completions).map { request, completions in
            completions.map { completion in
                let state = request.0.state.appending(completion, room: request.1, isWhole: false, decode: writer.decode)
                return SearchOption(state: state, isTerminal: state.isFinished, tokens: min(request.1, completion.tokens.count))
            }
        }
    }

    private func evaluations(of requests: [EvaluationRequest<TextState>]) async throws -> [NodeEvaluation<TextState>?] {
        let rollouts = try await rollouts(for: requests)
        var ends: [TextState] = []
        for (request, rollouts) in zip(requests, rollouts) { ends += request.isTerminal ? [request.state] : rollouts.map(\.state) }
        var outcomes = try await outcomeCritic.read(ends)[...]
        let values = try await valueCritic.read(requests.map(\.state))
        return requests.indices.map { i in
            let judged = outcomes.prefix(requests[i].isTerminal ? 1 : rollouts[i].count)
            outcomes = outcomes.dropFirst(judged.count)
            return evaluation(isTerminal: requests[i].isTerminal, value: values[i], rollouts: rollouts[i], outcomes: Array(judged))
        }
    }

    /// What the critics say of a node, `outcomes` of its own text or of its rollouts.
    ///
    /// A rollout whose end is too long for the outcome critic has no say; where none has, or the node itself is too long, it is unread.
    private func evaluation(
        isTerminal: Bool, value: (probability: Double?, tokens: Int), rollouts: [(state: TextState, tokens: Int)],
        outcomes: [(probability: Double?, tokens: Int)]
    ) -> NodeEvaluation<TextState> {
        let finished = zip(rollouts, outcomes).compactMap { rollout, outcome in
            outcome.probability.map { FinishedRollout(state: rollout.state, outcome: $0, tokens: rollout.tokens) }
        }
        let hasNoValue = value.probability == nil
        let hasNoOutcome = !outcomes.isEmpty && outcomes.allSatisfy { $0.probability == nil }
        return NodeEvaluation(
            value: value.probability, outcome: isTerminal ? outcomes.first?.probability : nil, rollouts: finished,
            tokensScored: outcomes.reduce(value.tokens) { $0 + $1.tokens },
            tokensUnread: rollouts.reduce(0) { $0 + $1.tokens } - finished.reduce(0) { $0 + $1.tokens },
            isUnread: hasNoValue && settings.valueWeight != 0 || hasNoOutcome && (isTerminal || settings.outcomeWeight != 0))
    }

    /// The rollouts of each node that is no end, with the tokens that were sampled for them.
    private func rollouts(for requests: [EvaluationRequest<TextState>]) async throws -> [[(state: TextState, tokens: Int)]] {
        let open = requests.filter { !$0.isTerminal }
        let rooms = open.map { room(after: $0.state) }
        guard settings.rollouts > 0, let most = rooms.max() else { return requests.map { _ in [] } }
        var completions = try await source.continuations(
            of: open.map { SamplingRequest(prompt: $0.state.tokens, count: settings.rollouts, key: $0.key) },
            options: SamplingOptions(temperature: settings.temperature, maximumTokens: most), by: writer)[...]
        return requests.map { request in
            guard !request.isTerminal, let group = completions.popFirst() else { return [] }
            let room = room(after: request.state)
            return group.map { completion in
                let state = request.state.appending(completion, room: room, isWhole: true, decode: writer.decode)
                return (state, min(room, completion.tokens.count))
            }
        }
    }
}
