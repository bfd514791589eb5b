import Autodidact
import Foundation
import Randomness
import RunStore
import TestSupport

/// One history: a run in a world where much goes wrong, resumed until it is finished; all of it a function of one seed.
///
/// In the world are a disk that fails, loses and tears (`SimulatedVolume`), processes that die (`SimulatedChildren`) and clocks that
/// skip (`SimulatedClock`). The loop, the run store and SQLite are the real ones.
package struct Simulation: Sendable {
    let seed: UInt64
    let bug: PlantedBug?
    let script: SimulationScript
    let checker: HistoryChecker
    let root: SeedTree

    /// The history of a seed; with a bug it should come out wrong.
    package init(seed: UInt64, bug: PlantedBug? = nil) {
        self.seed = seed
        self.bug = bug
        root = SeedTree(root: seed)("simulation")
        script = SimulationScript(seed: root)
        checker = HistoryChecker(script: script)
    }

    /// Lives through it.
    ///
    /// - Parameter chosen: What happens to its lives in place of what the seed says.
    package func run(lives chosen: [[Disturbance]]? = nil) async throws -> SimulationReport {
        let (reference, plan) = try await undisturbed()
        let volume = try SimulatedVolume(seed: root, bug: bug)
        var history = SimulationHistory(simulation: self, volume: volume, reference: reference)
        var generator = root("disturbances").generator
        volume.note(script.description)
        for disturbances in chosen ?? plan.lives(using: &generator) where !history.isOver {
            try await history.live(disturbances)
            if chosen == nil && generator.index(below: 8) == 0 { try history.losePowerAtRest() }
        }
        if !history.isOver { try await history.live([]) }
        try history.conclude()
        try volume.close()
        return history.report
    }

    /// The same run left alone, by the same store on a disk that does as it is told.
    private func undisturbed() async throws -> (reference: Reference, plan: DisturbancePlan) {
        let volume = try SimulatedVolume(seed: root)
        var history = SimulationHistory(simulation: self, volume: volume, reference: nil)
        try await history.live([])
        let state = history.lastState
        guard history.report.violations.isEmpty, let state, state.summary != nil else {
            throw DiskFailure("the undisturbed run of seed \(seed) failed: \(history.report.violations)")
        }
        let reference = Reference(state: state, artifacts: try history.artifacts())
        let plan = DisturbancePlan(steps: volume.counts, modelCalls: history.modelCalls)
        try volume.close()
        return (reference, plan)
    }

    /// What a finished run leaves.
    struct Reference {
        let state: StoredState
        let artifacts: [String]
    }
}
