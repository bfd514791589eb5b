public import Randomness

/// The different responses to one problem, the best first, from which a threshold and a cap take the beginning.
///
/// Of responses with equal text the one of highest reward stands for all, of equal rewards the first sampled. Ties between different
/// responses are drawn at random by key and text, so the order of sampling does not decide. A reward that is NaN is never kept.
public struct RankedResponses: Sendable, Hashable {
    /// One response of each text, by falling reward.
    public let responses: [ScoredResponse]

    /// Ranks the responses to one problem; `key` names the draws among ties.
    public init(_ responses: [ScoredResponse], key: SeedTree) {
        var best: [String: ScoredResponse] = [:]
        for response in responses where !response.reward.isNaN {
            if let known = best[response.text], (known.reward, -known.member) >= (response.reward, -response.member) { continue }
            best[response.text] = response
        }
        self.responses = best.values
            .map { (response: $0, order: key(named: $0.text).key) }
            .sorted { ($1.response.reward, $0.order, $0.response.text) < ($0.response.reward, $1.order, $1.response.text) }
            .map(\.response)
    }

    /// The best `cap` of the responses whose reward is above `threshold`.
    public func kept(above threshold: Double, cap: Int) -> ArraySlice<ScoredResponse> {
        responses.prefix(min(cap, countAbove(threshold)))
    }

    /// How many responses have a reward above `threshold`.
    func countAbove(_ threshold: Double) -> Int {
        // Rewards fall, so the first that is not above ends the search.
        responses.firstIndex { !($0.reward > threshold) } ?? responses.count
    }
}

/// The smallest cap at which so many responses are kept over all problems; where no cap reaches the target, one that keeps all.
///
/// B-STaR's search (arXiv:2412.17256; its `determine_hyper.py`): the cap begins at 1 and rises by 1.
public func smallestCap(reaching target: Int, in ranked_P: [RankedResponses], above threshold: Double) -> Int {
    let above_P = ranked_P.map { $0.countAbove(threshold) }
    let largest = max(above_P.max() ?? 0, 1)
    return (1...largest).first { cap in above_P.reduce(0) { $0 + min($1, cap) } >= target } ?? largest
}
