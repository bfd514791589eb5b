/// All sequences of one optimiser step, cut into requests and scaled by what the service divides by.
struct SlopeLoad: Sendable {
    /// Sequences that change the gradient, in order.
    let sequences: [CarriedSequence]
    private let cuts: [Range<Int>]

    /// Sequences without a slope stay at home; where none has one, one goes along, so that the service knows there is a step to make.
    init(_ all: [CarriedSequence], limits: RequestLimits) {
        let changing = all.filter(\.hasSlope)
        sequences = changing.isEmpty ? Array(all.prefix(1)) : changing
        cuts = limits.cut(
            sequences.map { RequestLimits.size(of: $0.context + $0.targets, trained: $0.targets.count) })
    }

    /// The requests' data.
    func chunks(dividedBy divisor: LossDivisor) -> [[Datum]] {
        let step = LossDivisor.Extent.of(sequences.map(\.positions))
        return cuts.map { cut in
            let request = LossDivisor.Extent.of(sequences[cut].map(\.positions))
            return sequences[cut].map { sequence in
                sequence.datum(divisor: divisor.value(positions: sequence.positions, request: request, step: step))
            }
        }
    }
}
