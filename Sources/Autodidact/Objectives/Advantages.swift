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
