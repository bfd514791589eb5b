import Autodidact

/// The sequence that a step asked most of, with its logprobs before the step: by it new weights are told from old ones.
struct Witness: Sendable, Hashable {
    /// Tokens that are enough to see a step, and few enough for a sampler to give the logprobs of.
    private static let enough = 256
    /// Targets of a sequence whose context alone is longer.
    private static let fewest = 8

    let sequence: ScoredSequence
    /// Of the targets, before the step, nats.
    let logprobs: [Float]

    /// - Parameters:
    ///   - computed: The logprobs of the targets before the step, [N][T].
    ///   - room: The most tokens that a sampler takes, one of which it has to draw.
    init?(of load: SlopeLoad, computed: [[Float]], room: Int) {
        let most = zip(load.sequences, computed).max { $0.0.totalSlope < $1.0.totalSlope }
        guard let (sequence, logprobs) = most else { return nil }
        let wanted = max(Self.enough - sequence.context.count, Self.fewest)
        let count = min(wanted, sequence.targets.count, room - 1 - sequence.context.count)
        guard count > 0 else { return nil }
        self.sequence = ScoredSequence(context: sequence.context, targets: Array(sequence.targets.prefix(count)))
        self.logprobs = Array(logprobs.prefix(count))
    }
}

extension CarriedSequence {
    /// How much is asked of the sequence.
    fileprivate var totalSlope: Double { slopes.reduce(0) { $0 + Double(abs($1)) } }
}
