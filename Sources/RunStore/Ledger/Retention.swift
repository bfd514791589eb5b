import GRDB

/// What a run keeps besides its base and its incumbent.
struct Retention: Hashable {
    /// How many other promoted states keep weights and optimiser.
    let states: Int
    /// How many of the newest generations keep their episodes; nil for all.
    let episodes: Int?

    /// Lets go of the states of all but the incumbent and the newest others.
    ///
    /// The base and the incumbent are referred to by the run itself, so no number here can cost them.
    func releaseStates(of run: StoredRun, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE generation SET weights = NULL, optimizer = NULL WHERE run = ? AND weights IS NOT NULL AND weights <> ?
                AND number NOT IN (
                    SELECT number FROM generation WHERE run = ? AND weights IS NOT NULL AND weights <> ? ORDER BY number DESC LIMIT ?)
                """,
            arguments: [run.key, run.incumbent.weights, run.key, run.incumbent.weights, states])
    }

    /// Lets go of the episodes of all but the newest generations, and of the problems that only they refer to.
    func releaseEpisodes(of run: StoredRun, in db: Database) throws {
        guard let episodes, run.generations > episodes else { return }
        let last = run.generations - episodes
        try db.execute(
            sql: "UPDATE generation SET collected = 1 WHERE run = ? AND number <= ? AND collected = 0", arguments: [run.key, last])
        guard db.changesCount > 0 else { return }
        try db.execute(sql: "DELETE FROM episode WHERE run = ? AND generation <= ?", arguments: [run.key, last])
        try db.execute(
            sql: "DELETE FROM problem WHERE run = ? AND key NOT IN (SELECT problem FROM episode WHERE run = ?)",
            arguments: [run.key, run.key])
    }
}
