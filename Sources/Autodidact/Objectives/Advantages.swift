/// (r − mean)/(std + `epsilon`) within a group (GRPO, arXiv:2402.03300, §4.1.2); std with n − 1, as in the TRL implementation.
///
/// `reward_G`: [G], nil where unscorable: kept out of mean and std, advantage 0. All zero where the rewards are equal or fewer than two.
public func groupNormalized(_ reward_G: [Double?], epsilon: Double = 1e-4) -> [Double] {
    let known = reward_G.compactMap(\.self)
    let advantage_G = centered(reward_G)
    guard known.count > 1 else { return advantage_G }
    let variance = advantage_G.reduce(0) { $0 + $1 * $1 } / Double(known.count - 1)
    return advantage_G.map { $0 / (variance.squareRoot() + epsilon) }
}

/// r − mean within a group: no division by the deviation, which favours too easy and too hard problems (arXiv:2503.20783).
///
/// `reward_G`: [G], nil where unscorable: kept out of the mean, advantage 0. Exactly zero where the rewards are equal or fewer than two.
public func centered(_ reward_G: [Double?]) -> [Double] {
    let known = reward_G.compactMap(\.self)
    guard let first = known.first, known.contains(where: { $0 != first }) else { return reward_G.map { _ in 0 } }
    let mean = known.reduce(0, +) / Double(known.count)
    return reward_G.map { reward in reward.map { $0 - mean } ?? 0 }
}

/// r minus the mean of the others' rewards: an unbiased baseline without a critic (RLOO, arXiv:2402.14740).
///
/// `reward_G`: [G], nil where unscorable: kept out of every mean, advantage 0. Exactly zero where the rewards are equal or fewer than two.
public func leaveOneOut(_ reward_G: [Double?]) -> [Double] {
    let known = reward_G.count { $0 != nil }
    guard known > 1 else { return reward_G.map { _ in 0 } }
    // r − (S − r)/(n − 1) = n/(n − 1) · (r − S/n).
    let factor = Double(known) / Double(known - 1)
    return centered(reward_G).map { $0 * factor }
}

/// Advantages of several attempts in one episode, each attempt against its own baseline (SCoRe, arXiv:2409.12917, stage II).
///
/// `reward_NA`: [N][A], the reward of each attempt of each episode, nil where unscorable; an episode may have fewer attempts than others.
/// `rule` is given the rewards of one attempt over all N episodes: `leaveOneOut` on a group, or `centered` for the mean of whatever is
/// put in, such as a whole batch. The result has the shape of the input; 0 where unscorable.
public func perAttempt(_ reward_NA: [[Double?]], _ rule: ([Double?]) -> [Double]) -> [[Double]] {
    let attempts = reward_NA.map(\.count).max() ?? 0
    let advantage_AN = (0..<attempts).map { attempt in
        rule(reward_NA.map { $0.indices.contains(attempt) ? $0[attempt] : nil })
    }
    return reward_NA.enumerated().map { n, reward_A in reward_A.indices.map { advantage_AN[$0][n] } }
}
