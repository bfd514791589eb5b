public import Randomness

/// Of each group the judged episode of highest reward, ties drawn at random (RAFT's local ranking, arXiv:2304.06767, algorithm 1).
///
/// A group without a judged episode gives none. The draw is keyed by `seed`, problem and the episode's origin, never by its index.
public func bestOfK(from groups: [[Episode]], seed: SeedTree) -> [Episode] {
    groups.compactMap { group in
        var best: (reward: Double, order: UInt64, episode: Episode)?
        for episode in group {
            guard let reward = episode.verdict.reward else { continue }
            let order = episode.drawKey(seed("best")(named: episode.problem.id))
            if let kept = best, (kept.reward, kept.order) >= (reward, order) { continue }
            best = (reward, order, episode)
        }
        return best?.episode
    }
}
