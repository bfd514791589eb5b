/// What a catalogue says of a recipe.
public struct RecipeCard: Sendable, Hashable, Codable {
    /// The name on the command line.
    public let slug: String
    /// The system's usual name.
    public let name: String
    /// The family: the folder its file lies in.
    public let family: String
    /// The paper's title and authors.
    public let paper: String
    /// The paper's arXiv id.
    public let arxiv: String
    /// What it does, in one sentence.
    public let summary: String
    /// What the policy must be able to do.
    public let needs: Set<Capability>
    /// Where its reward comes from.
    public let feedback: FeedbackSource
    /// What kind of task it practises.
    public let interaction: Interaction
    /// Models that judge, beside or instead of the verifier.
    public let judges: [Judge]

    /// A card; a single-turn task with a verifier and no further judge unless told otherwise.
    public init(
        slug: String, name: String, family: String, paper: String, arxiv: String, summary: String, needs: Set<Capability>,
        feedback: FeedbackSource = .verifier, interaction: Interaction = .singleTurn, judges: [Judge] = []
    ) {
        self.slug = slug
        self.name = name
        self.family = family
        self.paper = paper
        self.arxiv = arxiv
        self.summary = summary
        self.needs = needs
        self.feedback = feedback
        self.interaction = interaction
        self.judges = judges
    }
}

/// Where a recipe's reward comes from.
public enum FeedbackSource: String, Sendable, Hashable, Codable, CaseIterable {
    /// The task's verifier.
    case verifier
    /// Critics that the task's verifier teaches: what they reward is not verified.
    case critics
    /// The policy itself: no verdict reaches the recipe (`SelfTaughtRecipe`).
    case none
}

/// What kind of task a recipe practises.
public enum Interaction: String, Sendable, Hashable, Codable, CaseIterable {
    /// One response to one prompt.
    case singleTurn = "single-turn"
    /// An environment to act in, over several turns.
    case environment
    /// Either.
    case any
}

/// A model that judges.
public enum Judge: String, Sendable, Hashable, Codable, CaseIterable {
    /// The policy that learns.
    case itself
    /// A second policy, copied from the first and trained to judge.
    case critic
}

/// The typed settings of a recipe, with defaults: a `Setting` for each key, and in `validateTogether()` what goes beyond single ranges.
public protocol RecipeSettings: SettingsGroup {}

/// A published self-improvement system: identity, settings, and one generation.
public protocol Recipe: Sendable {
    /// The recipe's settings.
    associatedtype Settings: RecipeSettings

    /// What the catalogue says.
    static var card: RecipeCard { get }

    /// What its code does with the paper's steps, and where it departs from them.
    static var notes: [ImplementationNote] { get }

    /// Every figure that its generations may record.
    static var metrics: [MetricCard] { get }

    /// The recipe with these settings.
    init(settings: Settings)

    /// The most that the first generation draws, scores and trains on where every episode has one step.
    var budget: GenerationBudget { get }

    /// The most that a generation draws, scores and trains on, for progress and `autodidact plan`.
    ///
    /// - Parameters:
    ///   - number: The number of the generation, from 1 up.
    ///   - stepsPerEpisode: The most steps of an episode: lines or sentences of a response, or turns. Judges read a response step by step.
    func budget(ofGeneration number: Int, stepsPerEpisode: Int) -> GenerationBudget

    /// How the policy meets the problems of a task, in rollouts and in evaluation.
    func usage(of family: any TaskFamily) -> PolicyUsage

    /// Whose episodes it learns from: what `Workshop.pastEpisodes` is asked for at most, so that the store keeps them.
    var pool: RoundSchedule.Pool { get }

    /// Makes the workshop's policy teach itself for one generation; the loop evaluates and gates what comes out.
    func improve(in workshop: Workshop) async throws
}

extension Recipe {
    /// The same in every generation, however many steps episodes have.
    public func budget(ofGeneration number: Int, stepsPerEpisode: Int) -> GenerationBudget { budget }

    /// Those of the generation itself.
    public var pool: RoundSchedule.Pool { .thisRound }

    /// The task's own environments.
    public func usage(of family: any TaskFamily) -> PolicyUsage { PolicyUsage(of: family) }
}

/// A recipe that claims to need no verifier, and is held to it by type: neither references nor verdicts can be reached.
public protocol SelfTaughtRecipe: Recipe {
    /// Makes the workshop's policy teach itself for one generation.
    func improve(in workshop: BlindWorkshop) async throws
}

extension SelfTaughtRecipe {
    /// One generation, blind.
    public func improve(in workshop: Workshop) async throws { try await improve(in: workshop.blind) }
}

extension Workshop {
    /// One generation of a recipe; one that claims to need no verifier gets the blind workshop, whatever else it defines.
    public nonisolated func follow(_ recipe: any Recipe) async throws {
        if let recipe = recipe as? any SelfTaughtRecipe {
            try await recipe.improve(in: blind)
        } else {
            try await recipe.improve(in: self)
        }
    }
}
