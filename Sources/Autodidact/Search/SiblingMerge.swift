/// Refuses options that are too like a sibling: resamples, then makes do with the most distant (AlphaLLM, arXiv:2404.12253).
///
/// An option at distance 0 of a sibling is that sibling, and never becomes a node.
public struct SiblingMerge<State: Sendable>: Sendable {
    /// An option at least so far from all its siblings is taken at once.
    public let minimumDistance: Double
    /// How often an option that is too near may be drawn again.
    public let resamples: Int
    /// The distance of two siblings, such as the edit distance of their last steps; 0 where they are the same.
    let distance: @Sendable (State, State) -> Double

    /// A rule; the released code has a distance of 20 characters and 5 resamples.
    public init(minimumDistance: Double, resamples: Int, distance: @escaping @Sendable (State, State) -> Double) {
        precondition(resamples >= 0, "\(resamples) resamples are no number")
        self.minimumDistance = minimumDistance
        self.resamples = resamples
        self.distance = distance
    }

    /// How far an option is from the nearest of several siblings; infinity where there are none.
    func distance(from option: SearchOption<State>, to siblings: [State]) -> Double {
        siblings.reduce(.infinity) { min($0, distance(option.state, $1)) }
    }
}

/// The options drawn on one visit of one node, as they are taken or turned down.
struct OptionIntake<State: Sendable>: Sendable {
    private let merge: SiblingMerge<State>?
    private let wanted: Int
    private var siblings: [State]
    private var spare: [SearchOption<State>] = []
    /// What was taken, in the order in which it was drawn; what is made do with comes last.
    private(set) var taken: [SearchOption<State>] = []
    /// How many options were drawn.
    private(set) var draws = 0

    init(siblings: [State], wanted: Int, merge: SiblingMerge<State>?) {
        self.siblings = siblings
        self.wanted = wanted
        self.merge = merge
    }

    /// How many options are still wanted.
    var missing: Int { wanted - taken.count }

    /// Tokens of the options that were turned down.
    var rejectedTokens: Int { spare.reduce(0) { $0 + $1.tokens } }

    /// Counts the options that were asked for, and takes of those that came what is far enough from its siblings.
    mutating func offer(_ options: [SearchOption<State>], asked: Int) {
        draws += asked
        for option in options {
            if let merge, merge.distance(from: option, to: siblings) < merge.minimumDistance {
                spare.append(option)
            } else {
                take(option)
            }
        }
    }

    /// Fills up with the most distant of what was turned down, the first drawn among equals.
    mutating func makeDo() {
        guard let merge else { return }
        while missing > 0 {
            var best: (index: Int, distance: Double)?
            for (index, option) in spare.enumerated() {
                let distance = merge.distance(from: option, to: siblings)
                if distance > best?.distance ?? 0 { best = (index, distance) }
            }
            guard let best else { return }
            take(spare.remove(at: best.index))
        }
    }

    private mutating func take(_ option: SearchOption<State>) {
        siblings.append(option.state)
        taken.append(option)
    }
}
