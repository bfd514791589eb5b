public import Autodidact
import Foundation
import GRDB

extension RunStore {
    /// All runs, the newest first.
    public func runs() throws(StoreError) -> [RunOverview] {
        let stored = try database.read("list the runs") { db in
            try String.fetchAll(db, sql: "SELECT id FROM run ORDER BY key DESC").compactMap { id in
                try StoredRun.find(id, in: db, file: database.path)
            }
        }
        return try stored.map { (run) throws(StoreError) in try overview(run) }
    }

    /// The run of this name, the one run whose name begins so, or, for `last`, the newest.
    ///
    /// - Throws: `unknownRun` with the nearest name, `ambiguousRun`, or `noRuns` for the last of none.
    public func run(_ name: String) throws(StoreError) -> RunOverview {
        let run = try database.read("find run \(name)") { db in
            let names = try String.fetchAll(db, sql: "SELECT id FROM run ORDER BY key DESC")
            let id = try resolve(name, among: names)
            return try StoredRun.find(id, in: db, file: database.path)
        }
        guard let run else { throw .unknownRun(name, nearest: nil) }
        return try overview(run)
    }

    /// The whole name of a run, as `run` finds it, also where the run itself is damaged: so that it can be deleted.
    public func runID(_ name: String) throws(StoreError) -> String {
        try database.read("find run \(name)") { db in
            try resolve(name, among: try String.fetchAll(db, sql: "SELECT id FROM run ORDER BY key DESC"))
        }
    }

    /// The base on the held-out problems.
    public func baseline(of runID: String) throws(StoreError) -> EvaluationResult {
        try coding.value(EvaluationResult.self, from: try stored(runID).baseline, record: "the baseline of run \(runID)")
    }

    /// The committed generations, in order.
    public func generations(of runID: String) throws(StoreError) -> [GenerationRecord] {
        try database.read("read run \(runID)") { db in
            try StoredGeneration.all(of: try stored(runID, in: db), in: db, coding: coding).map(\.record)
        }
    }

    /// The sealed result.
    ///
    /// - Throws: `notFinished` where there is none yet.
    public func summary(of runID: String) throws(StoreError) -> RunSummary {
        guard let text = try stored(runID).summary else { throw .notFinished(run: runID) }
        return try coding.value(RunSummary.self, from: text, record: "the summary of run \(runID)")
    }

    /// The incumbent on the held-out problems.
    public func incumbentEvaluation(of runID: String) throws(StoreError) -> EvaluationResult {
        let records = try generations(of: runID)
        let made = RunLine(records, rollbacks: try rollbacks(of: runID)).incumbent
        return made == 0 ? try baseline(of: runID) : records[made - 1].evaluation
    }

    /// The weights of the incumbent, checked against their digest.
    public func weights(of runID: String) throws(StoreError) -> [UInt8] {
        try artifacts.read(try stored(runID).incumbent.weights)
    }

    /// The weights that the run began with, checked against their digest.
    public func baseWeights(of runID: String) throws(StoreError) -> [UInt8] {
        try artifacts.read(try stored(runID).base.weights)
    }

    /// The row of a run of this exact name.
    func stored(_ runID: String, in db: Database) throws -> StoredRun {
        guard let run = try StoredRun.find(runID, in: db, file: database.path) else {
            let names = try String.fetchAll(db, sql: "SELECT id FROM run ORDER BY key DESC")
            throw StoreError.unknownRun(runID, nearest: nearestName(to: runID, among: names))
        }
        return run
    }

    private func stored(_ runID: String) throws(StoreError) -> StoredRun {
        try database.read("read run \(runID)") { db in try stored(runID, in: db) }
    }

    private func resolve(_ name: String, among names: [String]) throws(StoreError) -> String {
        if names.contains(name) { return name }
        if name == "last" {
            guard let newest = names.first else { throw .noRuns(folder: folder.path) }
            return newest
        }
        let candidates = name.isEmpty ? [] : names.filter { $0.hasPrefix(name) }
        if candidates.count > 1 { throw .ambiguousRun(name, candidates: candidates) }
        guard let only = candidates.first else { throw .unknownRun(name, nearest: nearestName(to: name, among: names)) }
        return only
    }

    private func overview(_ run: StoredRun) throws(StoreError) -> RunOverview {
        RunOverview(
            manifest: try coding.value(RunManifest.self, from: run.manifest, record: "the manifest of run \(run.id)"),
            state: try state(of: run),
            generations: run.generations,
            figures: try coding.value(RunFigures.self, from: run.figures, record: "the figures of run \(run.id)"),
            spent: try coding.value(RunExpense.self, from: run.spent, record: "the expense of run \(run.id)"),
            weightsHash: run.incumbent.weights
        )
    }

    private func state(of run: StoredRun) throws(StoreError) -> RunState {
        if run.summary != nil { return .finished }
        let lock = try lockFile(of: run.id)
        return try StoreError.wrapping { () throws(DiskError) in try RunLock.isHeld(lock) ? .running : .interrupted }
    }
}
