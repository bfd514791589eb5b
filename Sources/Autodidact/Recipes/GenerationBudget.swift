/// The most that one generation draws, scores and trains on; what one really spent is counted in the same units.
///
/// A recipe derives it from its settings alone, as if every sample were kept, every search used all it may, and no task ran out of
/// problems. How many turns an episode may have is not in it: that is the recipe's `PolicyUsage`.
public struct GenerationBudget: Sendable, Hashable, Codable {
    /// Problems drawn.
    public var problems: Int
    /// Episodes made, those that searches come upon included.
    public var episodes: Int
    /// Of the episodes, those that searches come upon: their turns are among the continuations.
    public var searchedEpisodes: Int
    /// Sequences sampled outside rollouts, each at most one turn: of searches, of steps that are continued, of the base.
    public var continuations: Int
    /// Scores that judges write, each of at most `BlindWorkshop.longestWrittenScore` tokens.
    public var writtenScores: Int
    /// Sequences whose logprobs a reference policy gives.
    public var referenceSequences: Int
    /// Sequences whose logprobs judges give: one for each label of each probe.
    public var probeSequences: Int
    /// Sequences that pass through the policy's trainer, epochs counted.
    public var trainedSequences: Int
    /// Optimiser steps of the policy.
    public var optimizerSteps: Int
    /// Sequences that pass through critics' trainers, epochs counted.
    public var criticSequences: Int
    /// Optimiser steps of critics.
    public var criticSteps: Int
    /// Copies of the policy that do not learn, held at the same time.
    public var references: Int
    /// Copies of the policy that learn, held at the same time.
    public var critics: Int

    /// What is sampled, each once: episodes of rollouts, and continuations, among them the turns of episodes that searches come upon.
    var samples: Int { episodes - searchedEpisodes + continuations }

    /// A budget; whatever a recipe does not do stays out.
    public init(
        problems: Int = 0, episodes: Int = 0, trainedSequences: Int = 0, optimizerSteps: Int = 0, searchedEpisodes: Int = 0,
        continuations: Int = 0, writtenScores: Int = 0, referenceSequences: Int = 0, probeSequences: Int = 0, criticSequences: Int = 0,
        criticSteps: Int = 0, references: Int = 0, critics: Int = 0
    ) {
        self.problems = problems
        self.episodes = episodes
        self.trainedSequences = trainedSequences
        self.optimizerSteps = optimizerSteps
        self.searchedEpisodes = searchedEpisodes
        self.continuations = continuations
        self.writtenScores = writtenScores
        self.referenceSequences = referenceSequences
        self.probeSequences = probeSequences
        self.criticSequences = criticSequences
        self.criticSteps = criticSteps
        self.references = references
        self.critics = critics
    }
}
