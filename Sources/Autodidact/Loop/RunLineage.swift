/// How a run's incumbent came to be: what led from one incumbent to the next, and on what evidence.
public struct RunLineage: Sendable, Hashable, Codable {
    /// Episodes that were learned from, by their digest.
    public struct EpisodeSet: Sendable, Hashable, Codable {
        /// The generation that made them.
        public let generation: Int
        /// How many they are.
        public let episodes: Int
        /// SHA-256 over the digests of the episodes in order; nil where a format before 3 recorded none.
        public let sha256: String?

        package init(generation: Int, episodes: Int, sha256: String?) {
            (self.generation, self.episodes, self.sha256) = (generation, episodes, sha256)
        }
    }

    /// A promotion.
    public struct Step: Sendable, Hashable, Codable {
        /// The generation that made the incumbent.
        public let generation: Int
        /// SHA-256 of its weights.
        public let weightsHash: String
        /// The generation that made the incumbent before it; 0 is the base.
        public let parent: Int
        /// SHA-256 of that one's weights.
        public let parentHash: String
        /// What was learned from: this generation's episodes, and those of earlier ones that the recipe read.
        public let data: [EpisodeSet]
        /// The comparison on held-out problems that it was promoted by.
        public let comparison: PairedComparison
        /// The gate's sentence.
        public let reason: String
        /// Whether the present incumbent descends from it; not so where a rollback has taken it back.
        public let isAncestor: Bool
        /// Whether its weights are kept, so that a rollback can go back to it.
        public let isKept: Bool

        package init(
            generation: Int, weightsHash: String, parent: Int, parentHash: String, data: [EpisodeSet], comparison: PairedComparison,
            reason: String, isAncestor: Bool, isKept: Bool
        ) {
            (self.generation, self.weightsHash, self.parent, self.parentHash) = (generation, weightsHash, parent, parentHash)
            (self.data, self.comparison, self.reason) = (data, comparison, reason)
            (self.isAncestor, self.isKept) = (isAncestor, isKept)
        }
    }

    /// The run's name.
    public let runID: String
    /// The model that it began with, as it was named.
    public let model: String
    /// SHA-256 of that model's weights.
    public let baseHash: String
    /// The recipe's slug.
    public let recipe: String
    /// SHA-256 of the resolved settings, as JSON with sorted keys.
    public let settingsHash: String
    /// The root of all random draws.
    public let seed: UInt64
    /// The task's slug.
    public let task: String
    /// SHA-256 of the file that its problems are from; nil for a task that comes with Autodidact.
    public let taskFileHash: String?
    /// The version of the verifier that judged everything.
    public let verifier: String?
    /// All versions that decide results.
    public let versions: [String: String]
    /// Whether a gate decided; without one every candidate was kept.
    public let isGated: Bool
    /// Whether the sealed result is of the present incumbent; nil while there is none.
    public let isSealed: Bool?
    /// SHA-256 of the present incumbent's weights.
    public let incumbentHash: String
    /// The generation that made it; 0 is the base.
    public let incumbent: Int
    /// All promotions in order, those that were taken back included.
    public let steps: [Step]
    /// The rollbacks that were asked for by hand, in order.
    public let rollbacks: [RunRollback]

    package init(
        manifest: RunManifest, baseHash: String, isSealed: Bool?, incumbentHash: String, incumbent: Int, steps: [Step],
        rollbacks: [RunRollback]
    ) {
        (runID, model, recipe, seed, task) = (manifest.runID, manifest.model, manifest.recipe, manifest.seed, manifest.task)
        isGated = manifest.isGated
        settingsHash = ContentHash.hexadecimal(of: manifest.settings)
        (taskFileHash, verifier, versions) = (manifest.taskFile?.contentHash, manifest.versions["verifier"], manifest.versions)
        (self.baseHash, self.isSealed, self.incumbentHash, self.incumbent) = (baseHash, isSealed, incumbentHash, incumbent)
        (self.steps, self.rollbacks) = (steps, rollbacks)
    }
}
