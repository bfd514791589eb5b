import Autodidact
import GRDB

/// The rows of committed generations.
enum StoredGeneration {
    /// Adds a generation; `state` is the incumbent that it made, if it made one.
    static func insert(_ generation: GenerationRecord, text: String, state: StoredSnapshot?, run: Int64, in db: Database) throws {
        let figures = HeadlineFigures(generation.evaluation)
        try db.execute(
            sql: """
                INSERT INTO generation (run, number, outcome, episodes, correct, unscorable, tokens_sampled, tokens_trained, mean_at_k,
                                        greedy, weights, optimizer, digest, record)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run, generation.number, generation.decision.outcome.rawValue, generation.episodes, generation.correct,
                generation.unscorable, generation.tokensSampled, generation.tokensTrained, figures.meanAtK, figures.greedy,
                state?.weights, state?.optimizer, ContentHash.hexadecimal(of: text), text,
            ])
    }

    /// Lets go of the states of all but the newest incumbents.
    static func keepStates(of run: Int64, newest count: Int, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE generation SET weights = NULL, optimizer = NULL WHERE run = ? AND weights IS NOT NULL AND number NOT IN (
                    SELECT number FROM generation WHERE run = ? AND weights IS NOT NULL ORDER BY number DESC LIMIT ?)
                """,
            arguments: [run, run, count])
    }

    /// All generations of a run in order, each checked against its digest.
    static func records(of run: StoredRun, in db: Database, coding: RecordCoding) throws -> [GenerationRecord] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT number, digest, record FROM generation WHERE run = ? ORDER BY number", arguments: [run.key])
        let records = try rows.enumerated().map { index, row in
            let name = "generation \(index + 1) of run \(run.id)"
            let reader = RowReader(row: row, file: coding.file, record: name)
            let text: String = try reader.value("record")
            guard try reader.value("number") == index + 1 else { throw reader.damage("it is missing") }
            guard try reader.value("digest") == ContentHash.hexadecimal(of: text) else { throw reader.damage("its digest does not match") }
            return try coding.value(GenerationRecord.self, from: text, record: name)
        }
        guard records.count == run.generations else {
            throw StoreError.damagedRecord(
                file: coding.file, record: "run \(run.id)", reason: "\(records.count) of \(run.generations) generations are there")
        }
        return records
    }
}
