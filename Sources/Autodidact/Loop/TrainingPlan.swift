/// How a set of examples is passed through the trainer.
public struct TrainingPlan: Sendable, Hashable, Codable {
    /// Passes over all examples, each in a new random order.
    public let epochs: Int
    /// The most sequences of one optimiser step; the steps of an epoch are as even as possible.
    public let sequencesPerStep: Int
    /// The first steps approach the learning rate linearly; from then on it is constant.
    public let warmUpSteps: Int
    /// The optimiser, with the full learning rate.
    public let optimizer: OptimizerParameters

    /// A plan; all counts must be positive, `warmUpSteps` may be 0.
    public init(epochs: Int = 1, sequencesPerStep: Int, warmUpSteps: Int = 0, optimizer: OptimizerParameters) {
        precondition(epochs > 0 && sequencesPerStep > 0 && warmUpSteps >= 0, "a training plan needs positive counts")
        self.epochs = epochs
        self.sequencesPerStep = sequencesPerStep
        self.warmUpSteps = warmUpSteps
        self.optimizer = optimizer
    }

    /// Optimiser steps of one pass over so many examples.
    public func stepsPerEpoch(examples: Int) -> Int {
        (examples + sequencesPerStep - 1) / sequencesPerStep
    }

    /// The optimiser's parameters at a step, counted from 0 over all epochs.
    public func optimizer(atStep step: Int) -> OptimizerParameters {
        var parameters = optimizer
        if step < warmUpSteps { parameters.learningRate *= Float(step + 1) / Float(warmUpSteps + 1) }
        return parameters
    }

    /// The index ranges of the batches of one epoch over so many units of examples that stay together: sizes differ by at most 1.
    func batches(examples: Int, units: Int) -> [Range<Int>] {
        let steps = min(stepsPerEpoch(examples: examples), units)
        return (0..<steps).map { $0 * units / steps..<($0 + 1) * units / steps }
    }
}
