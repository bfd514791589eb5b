import Autodidact
import Backends

/// The memory that a run takes at its peak: what a second of trying held, and what is known to come on top of it in a whole run.
///
/// Neither a bound nor exact: the peaks of thirteen runs, short ones and recipes' defaults, lay within a factor of 1.7 of it, most of them
/// within 1.3. It was farthest above Agent-R's, whose budget is an upper bound.
struct MemoryEstimate: Sendable, Hashable {
    /// What the process held while all kinds of work were tried: program, model, packed products, optimiser, gradients, the sampler's
    /// keys and values, references and critics.
    let probed: Double
    /// Activations of an optimiser step of the run's size, beyond those of the step that was tried.
    let activations: Double
    /// States that are kept for a return: base, incumbent, candidate, and one that is being written.
    let snapshots: Double
    /// The episodes that are held at once, of training and of an evaluation.
    let episodes: Double
    /// The store's page caches.
    let store: Double

    /// In MB.
    var megabytes: Double { (probed + Self.process + (activations + snapshots + episodes + store) * Self.allocators) / 1e6 }

    /// What the process holds beyond what was tried: pages of code that a whole run reads, threads' own pools, records and their texts.
    private static let process = 30e6
    /// What allocators and buffer pools hold beyond what is in use.
    private static let allocators = 1.25
    private static let statesKept = 4.0
    private static let storeCaches = 10e6
    /// Of an episode: its problem, turns, texts and verdict, and what arrays and strings take besides their content.
    private static let bytesPerEpisode = 1_500.0
    /// Of a token of an episode: number, logprob and text, in arrays that grew by doubling.
    private static let bytesPerToken = 24.0

    /// An estimate of parts that are known.
    ///
    /// - Parameters:
    ///   - probed, tried, step, snapshot: Bytes of the peak while trying, of the activations of the step that was tried and of one of the
    ///     run's own, and of a snapshot.
    ///   - copies: The policies that learn: the run's own and critics.
    ///   - episodes: How many are held at once.
    ///   - tokens: Of an episode.
    init(probed: Double, tried: Int, step: Int, copies: Int, snapshot: Int, episodes: Double, tokens: Double) {
        self.probed = probed
        activations = Double(max(0, step - tried)) * Double(copies)
        snapshots = Self.statesKept * Double(snapshot)
        self.episodes = episodes * (Self.bytesPerEpisode + Self.bytesPerToken * tokens)
        store = Self.storeCaches
    }
}

extension MemoryEstimate {
    /// What a run takes whose generations spend at most these budgets.
    ///
    /// - Parameter evaluated: The samples of the largest evaluation.
    init(_ run: ComposedRun, budgets: [GenerationBudget], evaluated: Int, policy: EmbeddedPolicy, speed: SpeedProbe) {
        func most(_ count: (GenerationBudget) -> Double) -> Double { budgets.map(count).max() ?? 0 }
        func made(_ budget: GenerationBudget) -> Double { Double(budget.episodes) + Double(budget.continuations) }
        let held =
            switch run.recipe.pool {
            case .thisRound: most(made)
            case .window(let rounds): Double(min(rounds, budgets.count)) * most(made)
            case .accumulated: budgets.reduce(0) { $0 + made($1) }
            }
        let step = most { Double($0.trainedSequences) / Double(max(1, $0.optimizerSteps)) } * speed.tokensThroughModel
        self.init(
            probed: speed.peakMegabytes * 1e6, tried: policy.activationBytes(ofStepOver: speed.tokensOfTriedStep),
            step: policy.activationBytes(ofStepOver: Int(exactly: step.rounded()) ?? .max),
            copies: 1 + Int(most { Double($0.critics) }), snapshot: policy.snapshotBytes, episodes: held + Double(evaluated),
            tokens: speed.tokensThroughModel)
    }
}
