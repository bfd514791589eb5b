/// How long a policy's responses are, by name: rewards that a policy gives itself often pay for length, either way.
///
/// `length/mean` is in tokens; `length/drift` its change as a share of `earlier`, the mean length of an earlier policy, where that is
/// given: in a run that of the last generation that did not fail safety. The base's evaluation is no such length, as it may sample
/// otherwise. `length/correct_minus_wrong` is the difference of the means, in tokens. What cannot be known is not there.
public func lengthMetrics(of groups: [[Episode]], earlier: Double? = nil) -> [String: Double] {
    var all = RunningMean()
    var correct = RunningMean()
    var wrong = RunningMean()
    for episode in groups.joined() {
        let length = Double(episode.sampledTokens)
        all.add(length)
        if episode.verdict.isCorrect { correct.add(length) } else if episode.verdict.reward != nil { wrong.add(length) }
    }
    let drift = all.known.flatMap { mean in earlier.flatMap { $0 > 0 ? mean / $0 - 1 : nil } }
    let difference = correct.known.flatMap { right in wrong.known.map { right - $0 } }
    return ["length/mean": all.known, "length/drift": drift, "length/correct_minus_wrong": difference].compactMapValues(\.self)
}

extension [String: Double] {
    /// The mean length of responses among the figures of a generation, in tokens: what the next one's drift is told against.
    package var meanLength: Double? { self["length/mean"] }
}
