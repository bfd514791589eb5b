public import Randomness

/// What a recipe works with during one generation: the policy, problems, verified rollouts, metered training, seeds.
///
/// All sampling, judging and training of a generation goes through here, so that episodes are recorded, tokens counted, time
/// attributed and cancellation honoured in one place.
public actor Workshop {
    /// The policy that is to improve.
    public nonisolated let policy: any TrainablePolicy
    /// The number of the generation, from 1 up.
    public nonisolated let generation: Int
    /// The root of this generation's random keys.
    public nonisolated let seed: SeedTree

    init(policy: any TrainablePolicy, generation: Int, seed: SeedTree) {
        self.policy = policy
        self.generation = generation
        self.seed = seed
    }
}
