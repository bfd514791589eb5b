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
    private let retention: Retention
    private let lock: RunLock
    private let read = EpisodesRead()

    init(store: RunStore, runID: String, retention: Retention, lock: RunLock) {
        self.store = store
        self.runID = runID
        self.retention = retention
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
            generation, of: runID, episodes: episodes, earlier: read.generations, promoted: promoted.map { HashedSnapshot($0) },
            spent: spent, retention: retention)
        read.clear()
    }

    /// The committed episodes of a generation; the next commit records that it learned from them too.
    public func episodes(of generation: Int) async throws(StoreError) -> [Episode] {
        let episodes = try store.episodes(of: runID, generation: generation)
        read.insert(generation)
        return episodes
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
    /// - Parameters:
    ///   - retaining: How many promoted states besides the base and the incumbent keep weights and optimiser, so that a rollback can
    ///     go back to them; the base and the incumbent always do.
    ///   - episodes: How many of the newest generations keep their episodes; nil for all.
    /// - Throws: `runInUse` where somebody writes the run now; `invalidRunID`.
    public func ledger(_ runID: String, retaining retained: Int = 0, episodes: Int? = nil) throws(StoreError) -> StoredLedger {
        precondition(retained >= 0 && episodes ?? 1 >= 1, "retaining \(retained) states and the episodes of \(episodes ?? 1) generations")
        let lock = try RunLock(run: runID, file: lockFile(of: runID))
        try removeForgottenFiles()
        return StoredLedger(store: self, runID: runID, retention: Retention(states: retained, episodes: episodes), lock: lock)
    }

    /// Removes the files that no committed run refers to.
    func removeForgottenFiles() throws(StoreError) {
        try database.write("clear away artifacts") { db in try ArtifactTable(db: db, folder: artifacts).removeForgottenFiles() }
    }
}
