/// What a search knows of a node apart from its state: all that selection, width and backup may look at.
public struct NodeStatistics: Sendable, Hashable {
    /// Steps from the root, which has depth 0.
    public let depth: Int
    /// The policy's probability of the step that led here, in the unit that the selection expects; 1 where nobody asked.
    public let prior: Double
    /// Whether the state is an end: a finished answer or a finished episode.
    public let isTerminal: Bool
    /// Evaluations of this node and of all nodes below it.
    public internal(set) var visits = 0
    /// The sum of the scores of these evaluations.
    public internal(set) var sum = 0.0
    /// The node's worth by the search's backup; 0 until the first visit.
    public internal(set) var value = 0.0
    /// What the value critic said of the state itself; nil before the evaluation, or where no such critic reads.
    public internal(set) var criticValue: Double?
    /// The score of the node's own evaluation: what went up the tree from here; nil before the evaluation.
    public internal(set) var score: Double?
    /// How many children the width allows so far; it never falls.
    public internal(set) var allowedChildren = 0

    /// The mean score of this node's evaluation and of those below it; 0 until the first visit.
    public var mean: Double { visits == 0 ? 0 : sum / Double(visits) }

    /// A node that was not visited yet.
    public init(depth: Int, prior: Double = 1, isTerminal: Bool = false) {
        self.depth = depth
        self.prior = prior
        self.isTerminal = isTerminal
    }
}

/// A node of a search tree: a state, its place and its statistics.
public struct SearchNode<State: Sendable>: Sendable {
    /// Everything that leads from the problem to here: never only the last step.
    public let state: State
    /// The index of the node above; nil at the root.
    public let parent: Int?
    /// The indices of the nodes below, in the order in which they were made.
    public internal(set) var children: [Int] = []
    /// What selection, width and backup look at.
    public internal(set) var statistics: NodeStatistics
    /// The step reward of the step that led here; nil where no such critic reads.
    public internal(set) var reward: Double?
    /// What the outcome critic, or the verifier, said of a terminal state.
    public internal(set) var outcome: Double?
    /// Tokens sampled for this node: its step, and the rollouts from it.
    public internal(set) var tokens: Int
    /// How many options were drawn below this node, those included that were too like a sibling.
    public internal(set) var draws = 0
    /// Whether no further child may be made here: a terminal, the depth's limit, or no option that was new.
    public internal(set) var isClosed: Bool
    /// Whether nothing is left to expand here or below.
    public internal(set) var isExhausted: Bool

    /// Whether the width leaves room for another child.
    public var hasRoom: Bool { !isClosed && children.count < statistics.allowedChildren }

    init(_ option: SearchOption<State>, parent: Int?, depth: Int) {
        state = option.state
        self.parent = parent
        statistics = NodeStatistics(depth: depth, prior: option.prior, isTerminal: option.isTerminal)
        tokens = option.tokens
        isClosed = option.isTerminal
        isExhausted = option.isTerminal
    }
}

/// A candidate for a child: one step, already taken.
public struct SearchOption<State: Sendable>: Sendable {
    /// The state after the step.
    public let state: State
    /// The policy's probability of the step, in the unit that the selection expects.
    public let prior: Double
    /// Whether nothing comes after it.
    public let isTerminal: Bool
    /// Tokens sampled for the step.
    public let tokens: Int

    /// A step and where it leads.
    public init(state: State, prior: Double = 1, isTerminal: Bool = false, tokens: Int = 0) {
        self.state = state
        self.prior = prior
        self.isTerminal = isTerminal
        self.tokens = tokens
    }
}
