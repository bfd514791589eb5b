public import Autodidact
import GRDB

extension RunStore {
    /// Makes the state after an earlier generation the run's state again, weights and optimiser bit for bit, in one transaction.
    ///
    /// Nothing is taken out of the record: an unfinished run goes on with the generation after the last committed one, and a rollback
    /// can be undone by one to the later generation while its weights are kept. A finished run stays finished, because choosing another
    /// state by its sealed result would make that result worthless.
    ///
    /// - Parameters:
    ///   - target: The generation whose end to go back to, 0 being the base; nil for the one before the incumbent was made.
    ///   - reason: Why, for the record.
    ///   - time: Seconds since 1970, for the record.
    /// - Throws: `nothingToRollBack`, `weightsNotKept`, `unknownGeneration`, `runInUse`; damage to the state to go back to. Nothing has
    ///   changed then.
    public func rollBack(
        _ runID: String, to target: Int? = nil, reason: String, at time: Double
    ) throws(StoreError) -> RunRollback {
        let lock = try RunLock(run: runID, file: lockFile(of: runID))
        defer { withExtendedLifetime(lock) {} }
        return try database.write("roll back run \(runID)") { db in
            var run = try stored(runID, in: db)
            let generations = try StoredGeneration.all(of: run, in: db, coding: coding)
            let (ends, present) = RunLine.lines(generations.map(\.record), rollbacks: try run.decodedRollbacks(coding))
            guard let target = target ?? present.beforeIncumbent else {
                throw StoreError.nothingToRollBack(run: runID, reason: "its base is still the incumbent")
            }
            guard ends.indices.contains(target) else {
                throw StoreError.unknownGeneration(run: runID, given: target, last: run.generations)
            }
            guard ends[target].incumbent != present.incumbent else {
                let made = present.incumbent == 0 ? "its base" : "what generation \(present.incumbent) made"
                throw StoreError.nothingToRollBack(run: runID, reason: "after generation \(target) its incumbent was \(made), as it is now")
            }
            let state = try state(of: ends[target].incumbent, of: run, generations)
            // Read whole, so that a damaged state is refused before anything changes.
            _ = try artifacts.snapshot(state)
            let rollback = RunRollback(
                after: run.generations, to: target, fromHash: run.incumbent.weights, toHash: state.weights, reason: reason, at: time)
            run.incumbent = state
            var figures = try coding.value(RunFigures.self, from: run.figures, record: "the figures of run \(runID)")
            let made = ends[target].incumbent
            let baseline = try coding.value(EvaluationResult.self, from: run.baseline, record: "the baseline of run \(runID)")
            let summary = try run.summary.map { try coding.value(RunSummary.self, from: $0, record: "the summary of run \(runID)") }
            figures.rollBack(
                to: target, incumbent: made == 0 ? baseline : generations[made - 1].record.evaluation,
                isSealed: summary?.weightsHash == state.weights)
            run.figures = try coding.text(of: figures, record: "the figures")
            try run.append(rollback: try coding.text(of: rollback, record: "the rollback"), in: db)
            try run.update(in: db)
            return rollback
        }
    }

    /// The rollbacks of a run that were asked for by hand, in order.
    public func rollbacks(of runID: String) throws(StoreError) -> [RunRollback] {
        try database.read("read run \(runID)") { db in try stored(runID, in: db).decodedRollbacks(coding) }
    }

    /// The state that a generation made, 0 being the base.
    private func state(of number: Int, of run: StoredRun, _ generations: [StoredGeneration]) throws(StoreError) -> StoredSnapshot {
        if number == 0 { return run.base }
        if let state = generations[number - 1].state { return state }
        let kept = generations.filter { $0.state != nil && $0.state != run.incumbent }.map(\.record.number)
        throw .weightsNotKept(run: run.id, generation: number, kept: [0] + kept)
    }
}
