import Autodidact
import GRDB

/// A committed generation as it is stored.
struct StoredGeneration {
    let record: GenerationRecord
    /// Where it came from; nil in what formats before 3 wrote.
    let lineage: StoredLineage?
    /// The incumbent that it made, where it made one and its state is still kept.
    let state: StoredSnapshot?
    /// Whether its episodes were let go of.
    let isCollected: Bool

    /// Adds a generation; `state` is the incumbent that it made, if it made one.
    static func insert(
        _ generation: GenerationRecord, text: String, lineage: String, state: StoredSnapshot?, run: Int64, in db: Database
    ) throws {
        let figures = HeadlineFigures(generation.evaluation)
        try db.execute(
            sql: """
                INSERT INTO generation (run, number, outcome, episodes, correct, unscorable, tokens_sampled, tokens_trained, mean_at_k,
                                        greedy, weights, optimizer, digest, record, lineage)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run, generation.number, generation.decision.outcome.rawValue, generation.episodes, generation.correct,
                generation.unscorable, generation.tokensSampled, generation.tokensTrained, figures.meanAtK, figures.greedy,
                state?.weights, state?.optimizer, digest(of: text, lineage: lineage), text, lineage,
            ])
    }

    /// All generations of a run in order, each checked against its digest.
    static func all(of run: StoredRun, in db: Database, coding: RecordCoding) throws -> [StoredGeneration] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT number, digest, record, lineage, weights, optimizer, collected FROM generation WHERE run = ? ORDER BY number",
            arguments: [run.key])
        let generations = try rows.enumerated().map { index, row in
            try StoredGeneration(row, number: index + 1, runID: run.id, coding: coding)
        }
        guard generations.count == run.generations else {
            throw StoreError.damagedRecord(
                file: coding.file, record: "run \(run.id)", reason: "\(generations.count) of \(run.generations) generations are there")
        }
        return generations
    }

    private init(_ row: Row, number: Int, runID: String, coding: RecordCoding) throws {
        let name = "generation \(number) of run \(runID)"
        let reader = RowReader(row: row, file: coding.file, record: name)
        let text: String = try reader.value("record")
        let origin: String? = try reader.optional("lineage")
        guard try reader.value("number") == number else { throw reader.damage("it is missing") }
        guard try reader.value("digest") == Self.digest(of: text, lineage: origin) else { throw reader.damage("its digest does not match") }
        record = try coding.value(GenerationRecord.self, from: text, record: name)
        guard record.number == number else { throw reader.damage("it is the record of generation \(record.number)") }
        lineage = try origin.map { try coding.value(StoredLineage.self, from: $0, record: "the lineage of \(name)") }
        isCollected = try reader.value("collected")
        let parts: (weights: String?, optimizer: String?) = (try reader.optional("weights"), try reader.optional("optimizer"))
        switch parts {
        case (nil, nil): state = nil
        case (let weights?, let optimizer?) where weights == record.candidateHash:
            state = StoredSnapshot(weights: weights, optimizer: optimizer)
        default: throw reader.damage("its weights are not those of its candidate")
        }
    }

    private static func digest(of text: String, lineage: String?) -> String {
        ContentHash.hexadecimal(of: lineage.map { text + "\u{0}" + $0 } ?? text)
    }
}
