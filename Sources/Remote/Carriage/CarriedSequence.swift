import Autodidact

/// A sequence with the slope of an objective at each target, ready to be carried by importance sampling.
///
/// With the logprobs that the model has now, the ratio is 1 and its derivative by the logprob is 1 too, so an advantage of −slope gives the
/// gradient of the objective, whatever objective it is. The gradient of the ratio's value is never taken: only slopes travel.
struct CarriedSequence: Sendable, Hashable {
    let context: [TokenID]
    let targets: [TokenID]
    /// dLoss/dlogprob, [T].
    let slopes: [Float]
    /// Of the targets under the model as it is now, nats, [T].
    let logprobs: [Float]

    init(_ sequence: ScoredSequence, slopes: [Float], logprobs: [Float]) {
        precondition(
            slopes.count == sequence.targets.count && logprobs.count == slopes.count, "slopes and logprobs must be those of the targets")
        (context, targets) = (sequence.context, sequence.targets)
        (self.slopes, self.logprobs) = (slopes, logprobs)
    }

    /// Tokens that the model reads: all but the last.
    var positions: Int { context.count + targets.count - 1 }

    /// Whether it changes the gradient.
    var hasSlope: Bool { slopes.contains { $0 != 0 } }

    /// The sequence on the wire.
    ///
    /// No weights are sent: services that know them for this loss take 1 where there are none, others refuse them. Positions without loss
    /// have advantage 0.
    /// - Parameter divisor: What the service divides this sequence's gradient by.
    func datum(divisor: Double) -> Datum {
        let start = context.count - 1
        var advantages = [Float](repeating: 0, count: positions)
        var behavior = advantages
        for t in targets.indices where slopes[t] != 0 {
            advantages[start + t] = Float(-Double(slopes[t]) * divisor)
            behavior[start + t] = logprobs[t]
        }
        return Datum(reading: context + targets, logprobs: behavior, advantages: advantages)
    }

    /// The sequence for cross-entropy, whose slopes are weights whatever the logprobs are.
    func weightedDatum(divisor: Double) -> Datum {
        let weights = [Float](repeating: 0, count: context.count - 1) + slopes.map { Float(-Double($0) * divisor) }
        return Datum(reading: context + targets, weights: weights)
    }
}

extension Datum {
    /// What a model reads of tokens, and that each is held to the next.
    init(reading tokens: [TokenID], weights: [Float]? = nil, logprobs: [Float]? = nil, advantages: [Float]? = nil) {
        self.init(
            modelInput: ModelInput(Array(tokens.dropLast())),
            lossInputs: LossInputs(
                targetTokens: TensorData(Array(tokens.dropFirst())), weights: weights.map { TensorData($0) },
                logprobs: logprobs.map { TensorData($0) }, advantages: advantages.map { TensorData($0) }))
    }

    /// A sequence to be scored: the logprobs of its targets are wanted, and no loss.
    init(scoring sequence: ScoredSequence) {
        let tokens = sequence.context + sequence.targets
        self.init(reading: tokens, weights: [Float](repeating: 1, count: tokens.count - 1))
    }
}
