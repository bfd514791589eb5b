import Autodidact

/// Settings of a recipe that fine-tunes in passes over what it kept.
protocol FineTuningSettings: RecipeSettings {
    /// Passes over what was kept.
    var epochs: Int { get }
    /// Sequences of one optimiser step.
    var sequencesPerStep: Int { get }
    /// Optimiser steps of linear warm-up.
    var warmUpSteps: Int { get }
    /// The learning rate after warm-up.
    var learningRate: Float { get }
}

extension FineTuningSettings {
    /// The plan that they describe.
    var plan: TrainingPlan {
        TrainingPlan(
            epochs: epochs, sequencesPerStep: sequencesPerStep, warmUpSteps: warmUpSteps,
            optimizer: OptimizerParameters(learningRate: learningRate))
    }
}
