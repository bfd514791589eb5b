import Autodidact

/// All sequences of one optimiser step, cut into requests and scaled by what the service divides by.
struct SlopeLoad: Sendable {
    let sequences: [CarriedSequence]
    /// The loss that carries them.
    let loss: LossName
    /// Whether the sequences have the logprobs of the model as it is, and not of the one that sampled.
    let isFresh: Bool
    private let cuts: [Range<Int>]

    /// Slopes at fresh logprobs, by importance sampling.
    ///
    /// Sequences without a slope stay at home; where none has one, one goes along, so that the service knows there is a step to make.
    init(_ all: [CarriedSequence], limits: RequestLimits) {
        let changing = all.filter(\.hasSlope)
        self.init(changing.isEmpty ? Array(all.prefix(1)) : changing, loss: .importanceSampling, isFresh: true, limits: limits)
    }

    /// An objective that the service computes itself; all sequences go along, since their logprobs are wanted.
    ///
    /// - Returns: Nil where it is of another form, or the service's loss is another.
    init?(_ surrogate: TokenSurrogate, of batch: TrainingBatch, traits: ServiceTraits, limits: RequestLimits) {
        let loss: LossName
        switch surrogate.form {
        case .logprob: loss = .crossEntropy
        case .ratio: loss = .importanceSampling
        case .clippedRatio(low: 0.2, high: 0.2): loss = .ppo
        case .clippedRatio: return nil
        }
        guard traits.divisor(of: loss) != nil else { return nil }
        var sequences: [CarriedSequence] = []
        for (sequence, coefficients) in zip(batch.sequences, surrogate.coefficients) where !sequence.targets.isEmpty {
            guard coefficients.allSatisfy(\.isFinite), loss == .crossEntropy || sequence.behavior != nil else { return nil }
            let behavior = sequence.behavior?.values ?? coefficients.map { _ in 0 }
            sequences.append(CarriedSequence(ScoredSequence(sequence), slopes: coefficients.map { -$0 }, logprobs: behavior))
        }
        guard !sequences.isEmpty else { return nil }
        self.init(sequences, loss: loss, isFresh: false, limits: limits)
    }

    private init(_ sequences: [CarriedSequence], loss: LossName, isFresh: Bool, limits: RequestLimits) {
        (self.sequences, self.loss, self.isFresh) = (sequences, loss, isFresh)
        cuts = limits.cut(
            sequences.map { RequestLimits.size(of: $0.context + $0.targets, trained: $0.targets.count) })
    }

    /// The requests' data.
    func chunks(dividedBy divisor: LossDivisor) -> [[Datum]] {
        let step = LossDivisor.Extent.of(sequences.map(\.positions))
        return cuts.map { cut in
            let request = LossDivisor.Extent.of(sequences[cut].map(\.positions))
            return sequences[cut].map { sequence in
                let divided = divisor.value(positions: sequence.positions, request: request, step: step)
                return loss == .crossEntropy ? sequence.weightedDatum(divisor: divided) : sequence.datum(divisor: divided)
            }
        }
    }
}
