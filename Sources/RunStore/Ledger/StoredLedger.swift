public import Autodidact

/// The ledger of one run.
///
/// While it exists nobody else writes that run.
///
/// A call is one SQLite transaction, and the artifacts that it refers to are on the medium before it is committed. Calls cannot be
/// cancelled half-way: what takes a moment is better finished than lost.
public struct StoredLedger: RunLedger {
    /// The run's name.
    public let runID: String

    private let store: RunStore
    private let retained: Int
    private let lock: RunLock

    init(store: RunStore, runID: String, retained: Int, lock: RunLock) {
        self.store = store
        self.runID = runID
        self.retained = retained
        self.lock = lock
    }

    /// Opens a new run with its base state and the base's held-out evaluation.
    public func begin(
        _ manifest: RunManifest, base: PolicySnapshot, baseline: EvaluationResult, spent: RunExpense
    ) async throws(StoreError) {
        guard manifest.runID == runID else {
            throw .contradiction(run: runID, reason: "the manifest is that of run \(manifest.runID)")
        }
        try store.begin(manifest, base: HashedSnapshot(base), baseline: baseline, spent: spent)
    }

    /// Commits a generation: its record, its episodes and, where it was promoted, the new incumbent.
    public func commit(
        _ generation: GenerationRecord, episodes: [Episode], promoted: PolicySnapshot?, spent: RunExpense
    ) async throws(StoreError) {
        try store.commit(
            generation, of: runID, episodes: episodes, promoted: promoted.map { HashedSnapshot($0) }, spent: spent, retained: retained
        )
    }

    /// The committed episodes of a generation.
    public func episodes(of generation: Int) async throws(StoreError) -> [Episode] {
        try store.episodes(of: runID, generation: generation)
    }

    /// Closes the run with its sealed result.
    public func finish(_ summary: RunSummary) async throws(StoreError) {
        try store.finish(runID, summary)
    }

    /// What is committed of the run.
    ///
    /// - Throws: `RunLedgerError` where the run has not begun or is finished; `StoreError` where anything is missing or damaged.
    public func resumePoint() async throws -> ResumePoint {
        do {
            return try store.resumePoint(of: runID)
        } catch .nothingCommitted {
            throw RunLedgerError.nothingCommitted(runID: runID)
        } catch .alreadyFinished {
            throw RunLedgerError.alreadyFinished(runID: runID)
        }
    }
}

extension RunStore {
    /// The ledger of a run that is to begin or to go on; what crashes left behind is cleared away first.
    ///
    /// - Parameter retaining: How many superseded incumbents keep their weights and optimiser state; the base and the current
    ///   incumbent always do.
    /// - Throws: `runInUse` where somebody writes the run now; `invalidRunID`.
    public func ledger(_ runID: String, retaining retained: Int = 0) throws(StoreError) -> StoredLedger {
        precondition(retained >= 0, "retaining \(retained) incumbents")
        let lock = try RunLock(run: runID, file: lockFile(of: runID))
        try removeForgottenFiles()
        return StoredLedger(store: self, runID: runID, retained: retained, lock: lock)
    }

    /// Removes the files that no committed run refers to.
    func removeForgottenFiles() throws(StoreError) {
        try database.write("clear away artifacts") { db in try ArtifactTable(db: db, folder: artifacts).removeForgottenFiles() }
    }
}
