import Autodidact
import Foundation
import TestSupport

@testable import Remote

/// An adapter of the tests' service: what is added to the logits of `BigramTable`, with its optimiser and gradients.
struct FakeModel {
    /// What can be saved and loaded.
    struct State {
        var delta: [Float]
        var optimizer: AdamW

        init() {
            delta = BigramTable().logits.map { _ in 0 }
            optimizer = AdamW(count: delta.count)
        }

        var table: BigramTable {
            var table = BigramTable()
            for index in delta.indices { table.logits[index] += delta[index] }
            return table
        }
    }

    /// The gradient of one sequence, not yet divided.
    private struct Contribution {
        let positions: Int
        let request: LossDivisor.Extent
        let gradient: [Float]
    }

    var state = State()
    /// Optimiser steps of a length other than 0.
    private(set) var steps = 0
    /// Requests about it so far.
    var requests = 0
    private var contributions: [Contribution] = []

    /// The logprobs at all positions.
    func logprobs(_ datum: Datum) -> [Float] {
        let targets = datum.lossInputs.targetTokens.data
        return state.table.logprobs(of: targets, after: Array(datum.modelInput.tokens.prefix(1))).values
    }

    mutating func accumulate(_ input: PassInput, traits: FakeTraits) {
        let extent = LossDivisor.Extent.of(input.data.map(\.positions))
        for datum in input.data {
            var gradient = state.delta.map { _ in Float(0) }
            let slopes = slopes(datum, loss: input.lossName, traits: traits)
            state.table.addGradient(
                to: &gradient, of: datum.lossInputs.targetTokens.data, after: Array(datum.modelInput.tokens.prefix(1)), slopes: slopes)
            contributions.append(Contribution(positions: datum.positions, request: extent, gradient: gradient))
        }
    }

    private func slopes(_ datum: Datum, loss: LossName, traits: FakeTraits) -> [Float] {
        if loss == .crossEntropy {
            let weights = datum.lossInputs.weights?.data ?? datum.lossInputs.targetTokens.data.map { _ in 1 }
            // In place of the positions, by which everything is divided later.
            let sum = max(weights.reduce(0, +), 1e-9) / Float(datum.positions)
            return weights.map { -$0 / (traits.dividesByWeights ? sum : 1) }
        }
        var advantages = datum.lossInputs.advantages?.data ?? []
        if traits.normalizesAdvantages {
            let size = advantages.reduce(0) { max($0, abs($1)) }
            advantages = advantages.map { size > 0 ? $0 / size : 0 }
        }
        return zip(zip(logprobs(datum), datum.lossInputs.logprobs?.data ?? []), advantages).map { logprobs, advantage in
            let ratio = exp(logprobs.0 - logprobs.1)
            let isClipped = advantage > 0 && ratio > traits.ppoHigh || advantage < 0 && ratio < 0.8
            return loss == .ppo && isClipped ? 0 : -ratio * advantage
        }
    }

    /// Nothing happens without gradients, as on SkyRL-tx.
    mutating func step(_ adam: OptimStep.Adam, traits: FakeTraits) {
        guard !contributions.isEmpty else { return }
        let whole = LossDivisor.Extent.of(contributions.map(\.positions))
        var gradient = state.delta.map { _ in Float(0) }
        for contribution in contributions {
            let divisor = Float(
                traits.divisor.value(positions: contribution.positions, request: contribution.request, step: whole))
            for index in gradient.indices { gradient[index] += contribution.gradient[index] / divisor }
        }
        contributions = []
        if adam.learningRate != 0 { steps += 1 }
        let clips = traits.clipsGradients && adam.gradClipNorm > 0
        _ = state.optimizer.step(
            on: &state.delta, gradient: gradient,
            OptimizerParameters(
                learningRate: adam.learningRate, beta1: adam.beta1, beta2: adam.beta2, epsilon: adam.eps,
                weightDecay: adam.weightDecay,
                maximumGradientNorm: clips ? adam.gradClipNorm : .infinity))
    }
}
