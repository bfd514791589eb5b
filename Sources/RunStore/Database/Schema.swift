import GRDB

/// The tables of a store, as numbered migrations that are never edited.
///
/// Texts that a model or a task wrote are blobs of UTF-8, because SQLite's texts end at a NUL character. Small columns stand before
/// blobs, so that sums over episodes do not read the blobs.
enum Schema {
    /// The format that this program writes; equal to the number of the last migration.
    static let version = 3
    /// "Auto" in ASCII: tells a store from any other SQLite file.
    static let applicationID = 0x4175_746F

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: first)
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        migrator.registerMigration("2", foreignKeyChecks: .immediate) { db in
            // What an environment thought of turns before the last, where it judged any: JSON.
            try db.execute(sql: "ALTER TABLE episode ADD COLUMN turn_verdicts BLOB")
            try db.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3", foreignKeyChecks: .immediate) { db in
            try db.execute(sql: third)
            try RunDigestMigration.coverFiguresAndRollbacks(in: db)
            try db.execute(sql: "PRAGMA user_version = 3")
        }
        return migrator
    }

    // Generations and episodes of earlier formats keep a null: what was not recorded when it was made cannot be vouched for.
    private static let third = """
        ALTER TABLE run ADD COLUMN rollbacks INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE generation ADD COLUMN lineage TEXT;
        ALTER TABLE generation ADD COLUMN collected INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE episode ADD COLUMN digest BLOB;
        CREATE TABLE rollback (
            run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (run, number)
        ) STRICT;
        """

    // No foreign key leads from episode to problem: each removed problem would be looked for in all episodes of the store.
    private static let first = """
        CREATE TABLE artifact (
            hash TEXT PRIMARY KEY NOT NULL,
            bytes INTEGER NOT NULL,
            kind TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            generations INTEGER NOT NULL,
            base_weights TEXT NOT NULL REFERENCES artifact (hash),
            base_optimizer TEXT NOT NULL REFERENCES artifact (hash),
            incumbent_weights TEXT NOT NULL REFERENCES artifact (hash),
            incumbent_optimizer TEXT NOT NULL REFERENCES artifact (hash),
            manifest TEXT NOT NULL,
            spent TEXT NOT NULL,
            figures TEXT NOT NULL,
            baseline TEXT NOT NULL,
            summary TEXT,
            digest TEXT NOT NULL
        ) STRICT;
        CREATE TABLE generation (
            run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            episodes INTEGER NOT NULL,
            correct INTEGER NOT NULL,
            unscorable INTEGER NOT NULL,
            tokens_sampled INTEGER NOT NULL,
            tokens_trained INTEGER NOT NULL,
            mean_at_k REAL,
            greedy REAL,
            weights TEXT REFERENCES artifact (hash),
            optimizer TEXT REFERENCES artifact (hash),
            digest TEXT NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (run, number)
        ) STRICT;
        CREATE TABLE problem (
            key INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
            id TEXT NOT NULL,
            task TEXT NOT NULL,
            level INTEGER NOT NULL,
            split TEXT NOT NULL,
            prompt BLOB,
            reference BLOB
        ) STRICT;
        CREATE INDEX problem_of_run ON problem (run, id);
        CREATE TABLE episode (
            run INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            problem INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            score REAL,
            sampled INTEGER NOT NULL,
            stop_reason TEXT NOT NULL,
            member INTEGER NOT NULL,
            stream INTEGER NOT NULL,
            step INTEGER NOT NULL,
            weights TEXT NOT NULL,
            turns BLOB,
            tokens BLOB,
            logprobs BLOB,
            response BLOB,
            feedback BLOB,
            PRIMARY KEY (run, generation, ordinal),
            FOREIGN KEY (run, generation) REFERENCES generation (run, number) ON DELETE CASCADE
        ) STRICT;
        """
}
