/// How a method's own reward stands to the truth, by name; for the record alone where the method does without a verifier.
///
/// `reward_PG`: [P][G], the reward of each episode, 0…1 or on any scale, nil where there is none; `groups`: the same episodes with their
/// true verdicts. Over the pairs of which both are known: `reward/gap` is the mean reward less the verifier's mean score (of meaning where
/// both have one scale), `reward/rank_correlation` Spearman's correlation of the two, `reward/auroc` the chance that a correct episode has
/// the higher reward. Over groups: `reward/group_std` is the mean deviation of rewards within a group (divisor n) and `reward/collapsed`
/// the share of groups in which it is at most `tolerance`: a reward that no longer tells responses apart. What cannot be known is not
/// there.
public func rewardMetrics(_ reward_PG: [[Double?]], of groups: [[Episode]], tolerance: Double = 1e-6) -> [String: Double] {
    precondition(reward_PG.map(\.count) == groups.map(\.count), "rewards and episodes differ in shape")
    var rewards: [Double] = []
    var truths: [Bool] = []
    var scores: [Double] = []
    var deviation = RunningMean()
    var collapsed = RunningMean()
    for (reward_G, group) in zip(reward_PG, groups) {
        for (reward, episode) in zip(reward_G, group) {
            guard let reward, let score = episode.verdict.reward else { continue }
            scores.append(score)
            rewards.append(reward)
            truths.append(episode.verdict.isCorrect)
        }
        let known = reward_G.count { $0 != nil }
        guard known > 1 else { continue }
        let std = (centered(reward_G).reduce(0) { $0 + $1 * $1 } / Double(known)).squareRoot()
        deviation.add(std)
        collapsed.add(std <= tolerance)
    }
    let gap = rewards.isEmpty ? nil : (rewards.reduce(0, +) - scores.reduce(0, +)) / Double(rewards.count)
    return [
        "reward/gap": gap, "reward/rank_correlation": spearmanCorrelation(rewards, scores),
        "reward/auroc": areaUnderROC(rewards, truths: truths), "reward/group_std": deviation.known, "reward/collapsed": collapsed.known,
    ].compactMapValues(\.self)
}
