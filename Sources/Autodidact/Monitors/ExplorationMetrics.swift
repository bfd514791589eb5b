/// How many different things a policy finds out, by name: exploration, which self-training tends to use up (arXiv:2412.17256, §3).
///
/// `exploration/distinct_correct` is the mean number of different correct responses of a problem, different by `canonical`, over problems
/// with a judged episode; `exploration/pass_gap` the mean of pass@k − pass@1, unbiased, over problems with `k` judged episodes;
/// `exploration/entropy` the mean −logprob of the tokens that policies wrote, in nats, an estimate of the entropy where they were drawn
/// at temperature 1. What cannot be known is not there.
public func explorationMetrics(
    of groups: [[Episode]], k: Int, canonical: (Episode) -> String = { $0.canonicalResponse }
) -> [String: Double] {
    var distinct = RunningMean()
    var gap = RunningMean()
    var entropy = RunningMean()
    for group in groups {
        let judged = group.count { $0.verdict.reward != nil }
        let correct = group.filter(\.verdict.isCorrect)
        if judged > 0 { distinct.add(Double(Set(correct.map(canonical)).count)) }
        if judged >= k {
            let pass = { passProbability(correct: correct.count, of: judged, draws: $0) }
            gap.add(pass(k) - pass(1))
        }
        for logprob in group.flatMap(\.turns).compactMap(\.logprobs).flatMap(\.values) { entropy.add(-Double(logprob)) }
    }
    return [
        "exploration/distinct_correct": distinct.known, "exploration/pass_gap": gap.known, "exploration/entropy": entropy.known,
    ].compactMapValues(\.self)
}
