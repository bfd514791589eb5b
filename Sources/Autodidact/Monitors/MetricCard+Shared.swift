/// What is recorded by parts that recipes share; `docs/METRICS.md` says what is healthy.
extension MetricCard {
    /// By every run: sampling, monitors of episodes, training.
    public static let everyRun = [
        MetricCard("reward", "0…1", "mean verdict of the training episodes; near 0 or 1 there is little to learn"),
        MetricCard("reward_std", "0…0.5", "deviation of verdicts within a problem's group; above 0.1 is healthy"),
        MetricCard("frac_reward_zero_std", "share of groups", "all verdicts equal: nothing for a method that compares within groups"),
        MetricCard("completions/mean_length", "tokens", "mean length of an episode; steady and below the limit"),
        MetricCard("completions/clipped_ratio", "share", "episodes that ended at the limit of tokens; below 0.05"),
        MetricCard("completions/repetition", "share", "episodes whose response repeats itself; 0"),
        MetricCard("entropy", "nats a token", "mean −logprob of what was drawn, at temperature 1 only; falls slowly"),
        MetricCard("exploration/distinct_correct", "responses a problem", "different correct ones found; falls where a policy narrows"),
        MetricCard("exploration/pass_gap", "share", "pass@k − pass@1: what more samples would still find"),
        MetricCard("exploration/entropy", "nats a token", "mean −logprob of what was written, at any temperature"),
        MetricCard("length/mean", "tokens", "mean length of responses"),
        MetricCard("length/drift", "share", "change of that against the generation before; not in the first"),
        MetricCard("length/correct_minus_wrong", "tokens", "whether being right goes with length"),
        MetricCard("signal/mean", "the reward's", "the reward that the method learns by, mean over problems"),
        MetricCard("signal/mean_error", "the reward's", "standard error of that mean"),
        MetricCard("signal/trend", "the reward's", "its rise from the earlier half of a generation to the later; read by an alarm"),
        MetricCard("signal/trend_error", "the reward's", "standard error of that rise"),
        MetricCard("loss", "the objective's", "mean over optimiser steps; of policy gradients about 0, which says nothing"),
        MetricCard("grad_norm", "L2 norm", "before clipping to 1; steady"),
        MetricCard("learning_rate", "–", "mean over optimiser steps, warm-up included"),
        MetricCard("train/steps", "count", "optimiser steps that were applied; 0 where nothing was there to learn from"),
        MetricCard("train/skipped_steps", "count", "steps whose gradient was not finite; 0"),
        MetricCard("num_tokens", "count", "tokens sampled and tokens through the trainer"),
        MetricCard("kl/base", "nats a token", "k3 distance of the policy that sampled from the run's first model; runs only, no studies"),
    ]

    /// Where references, judges or critics score.
    public static let scored = [MetricCard("tokens_scored", "count", "tokens whose logprobs were computed outside training")]

    /// By `SupervisedFineTuning`.
    public static let supervised = [MetricCard("nll", "nats a token", "of what is learned; falls, near 0 it is learnt by heart")]

    /// By objectives with a policy gradient, `NegativeAware` among them.
    public static let policyGradient = [
        MetricCard("entropy_proxy", "nats a token", "mean −logprob of the trained tokens; as entropy"),
        MetricCard("ratio/mean", "π/π_behaviour", "1 on fresh samples; 0.9 to 1.1 after further updates"),
    ]

    /// By `GroupRelative`.
    public static let clipped = [
        MetricCard("clip_ratio/low_mean", "share of tokens", "slope taken away by the lower bound; 0 with one update a batch"),
        MetricCard("clip_ratio/high_mean", "share of tokens", "the same of the upper bound"),
    ]

    /// By objectives with a penalty.
    public static let penalty = [MetricCard("kl", "nats a token", "k3 distance to the reference on trained tokens; below 0.1")]

    /// By `Pairwise`.
    public static let pairs = [
        MetricCard("rewards/margins", "β × log-ratio", "chosen less rejected; rises from 0"),
        MetricCard("rewards/accuracies", "share of pairs", "chosen above rejected; above 0.5, rising"),
        MetricCard("rewards/chosen", "β × log-ratio", "of the response with the higher reward, policy to reference"),
        MetricCard("rewards/rejected", "β × log-ratio", "of the other; both far below 0: the policy leaves the reference"),
        MetricCard("logps/chosen", "nats a response", "steady; falling, likelihood goes elsewhere"),
        MetricCard("logps/rejected", "nats a response", "falls below chosen"),
        MetricCard("pairs/tied", "share of pairs", "equal reward: nothing to learn from their order"),
    ]

    /// By `recordSelection` of episodes.
    public static let selection = [
        kept, precision,
        MetricCard("exploitation/base_rate", "share", "correct among all episodes: what a random selection would have"),
        MetricCard("exploitation/recall", "share", "of the correct episodes those that were chosen"),
    ]

    /// By `recordRewards`.
    public static let ownReward = [
        own, gap,
        MetricCard("reward/rank_correlation", "−1…1", "Spearman's, of own reward and verdict; near 0 the reward knows nothing"),
        MetricCard("reward/auroc", "0…1", "chance that a correct episode has the higher reward than a wrong one"),
        MetricCard("reward/group_std", "the reward's", "deviation of own rewards within a group"),
        MetricCard("reward/collapsed", "share of groups", "own rewards all equal: nothing to learn from"),
    ]

    /// By `recordSelection` of what a search found.
    public static let searchedSelection = [kept, precision, own, gap]

    /// By `recordTransitions`.
    public static let attempts = [
        MetricCard("attempts/acc_t1", "share", "first attempts that are right"),
        MetricCard("attempts/acc_t2", "share", "second attempts that are right; read both together"),
        MetricCard("attempts/delta", "share", "second less first: what a revision gains"),
        MetricCard("attempts/incorrect_to_correct", "share", "fixed by the second attempt"),
        MetricCard("attempts/correct_to_incorrect", "share", "broken by it"),
        MetricCard("attempts/confidence", "share of right first", "right first attempts that stay right"),
        MetricCard("attempts/critique", "share of wrong first", "wrong first attempts that are fixed"),
        MetricCard("attempts/identical", "share", "second attempts that repeat the first: near 1 nothing is corrected any more"),
        MetricCard("attempts/edit_distance", "share of the longer text", "how much second attempts change"),
        MetricCard("attempts/unscorable", "share", "pairs without a verdict, in no other figure"),
    ]

    /// By `recordSearches`; `search/merged` only where options are held against their siblings.
    public static let search = [
        MetricCard("search/tokens", "a tree", "tokens sampled, rollouts and rejected options too"),
        MetricCard("search/nodes", "a tree", "nodes"),
        MetricCard("search/terminals", "a tree", "finished responses or episodes among them"),
        MetricCard("search/depth", "a tree", "most steps from the root"),
        MetricCard("search/children", "an inner node", "children; at the least width everywhere nothing was widened"),
        MetricCard("search/exhausted", "share of trees", "nothing was left to expand before the budget was spent"),
        MetricCard("search/merged", "share of options", "dropped as too like a sibling; 0 where merging never fires"),
    ]

    /// By `Certainty`.
    public static let certainty = [
        MetricCard("certainty/ece", "0…1", "how far stated probabilities are from what was right, by bins; 0 is best"),
        MetricCard("certainty/brier", "0…1", "mean squared error of stated probabilities; 0 is best"),
        MetricCard("certainty/auroc", "0…1", "whether higher probabilities are the right ones; 0.5 is chance"),
    ]

    /// By the training of critics.
    public static let critics = [
        MetricCard("critic/loss", "the objective's", "loss of critics, mean over their steps; falls"),
        MetricCard("critic/grad_norm", "L2 norm", "of their gradients before clipping; steady"),
        MetricCard("critic/nll", "nats a token", "of the label; ln 2 = 0.69 is chance between yes and no"),
    ]

    /// Where a judge, a critic or a search asks about what may be longer than its context.
    public static let unread = [
        MetricCard("feedback/too_long", "count", "longer than a judge's context, absent where none was: no score, not learned from")
    ]

    /// Where sequences are put together to be learned from.
    public static let unlearned = [
        MetricCard("lessons/too_long", "count", "longer than the learner's context, absent where none was: not learned from")
    ]

    private static let kept = MetricCard("selection/kept", "sequences", "chosen to learn from; many times `recipe.sequencesPerStep`")
    private static let precision = MetricCard("exploitation/precision", "share", "correct among the chosen, by the true verdicts")
    private static let own = MetricCard("reward/own", "the reward's", "the method's own reward, which is not the verifier's")
    private static let gap = MetricCard("reward/gap", "the reward's", "own reward less verdict; self-deception where it grows")
}
