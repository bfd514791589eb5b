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

    /// A card.
    public init(slug: String, name: String, family: String, paper: String, arxiv: String, summary: String, needs: Set<Capability>) {
        self.slug = slug
        self.name = name
        self.family = family
        self.paper = paper
        self.arxiv = arxiv
        self.summary = summary
        self.needs = needs
    }
}

/// The typed settings of a recipe, with defaults.
public protocol RecipeSettings: Codable, Hashable, Sendable {
    /// The defaults.
    init()

    /// Refuses values outside their range, and values that would have no effect.
    func validate() throws(SettingsError)

    /// One line for each key: what it means and what the paper uses.
    static var help: [String: String] { get }
}

/// A published self-improvement system: identity, settings, and one generation.
public protocol Recipe: Sendable {
    /// The recipe's settings.
    associatedtype Settings: RecipeSettings

    /// What the catalogue says.
    static var card: RecipeCard { get }

    /// The recipe with these settings.
    init(settings: Settings)

    /// What one generation will draw and train on, for `autodidact plan`.
    var budget: GenerationBudget { get }

    /// Makes the workshop's policy teach itself for one generation; the loop evaluates and gates what comes out.
    func improve(in workshop: Workshop) async throws
}

/// The most that one generation draws and trains on.
public struct GenerationBudget: Sendable, Hashable, Codable {
    /// Problems drawn.
    public let problems: Int
    /// Episodes sampled.
    public let episodes: Int
    /// Sequences that pass through the trainer, epochs counted.
    public let trainedSequences: Int
    /// Optimiser steps.
    public let optimizerSteps: Int

    /// A budget.
    public init(problems: Int, episodes: Int, trainedSequences: Int, optimizerSteps: Int) {
        self.problems = problems
        self.episodes = episodes
        self.trainedSequences = trainedSequences
        self.optimizerSteps = optimizerSteps
    }
}
