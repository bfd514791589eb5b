import Randomness

/// Draws what happens to the lives of a history.
struct DisturbancePlan {
    /// How many steps of each kind an undisturbed run takes.
    let steps: StepCounts
    /// How often it asks the model.
    let modelCalls: Int

    /// What happens to the lives of a history, one after another; the rest is left alone.
    func lives(using generator: inout KeyedGenerator) -> [[Disturbance]] {
        var lives = (0..<(1 + generator.index(below: 5))).map { _ in life(using: &generator) }
        if generator.index(below: 3) == 0 {
            // What a killed process had not yet synchronised is seen by the next one, and may be gone for the one after that.
            let last = 1 + generator.index(below: max(1, steps[.synchronize]))
            lives.append([.kill(.operation(.synchronize, last))])
            lives.append([.powerLoss(.step(1 + generator.index(below: max(1, min(120, steps.total)))))])
        }
        return lives
    }

    private func life(using generator: inout KeyedGenerator) -> [Disturbance] {
        var disturbances = [one(using: &generator)]
        if generator.index(below: 3) == 0 {
            disturbances.append(.fault(instant(using: &generator), choice: generator.index(below: 60)))
        }
        return disturbances
    }

    private func one(using generator: inout KeyedGenerator) -> Disturbance {
        switch generator.index(below: 20) {
        case 0...5: .powerLoss(instant(using: &generator))
        case 6...9: .kill(instant(using: &generator))
        case 10...15: .fault(instant(using: &generator), choice: generator.index(below: 60))
        case 16, 17: .full(instant(using: &generator))
        default: .childDeath(call: 1 + generator.index(below: max(1, modelCalls)))
        }
    }

    /// Anywhere in a run, early in it, or at some step of a kind, however rare the kind is.
    private func instant(using generator: inout KeyedGenerator) -> Instant {
        switch generator.index(below: 4) {
        case 0: return .step(1 + generator.index(below: max(1, steps.total)))
        case 1: return .step(1 + generator.index(below: max(1, steps.total / 8)))
        default:
            let kinds = FileOperation.allCases.filter { steps[$0] > 0 }
            if kinds.isEmpty { return .step(1) }
            let kind = kinds[generator.index(below: kinds.count)]
            return .operation(kind, 1 + generator.index(below: steps[kind]))
        }
    }
}
