import Autodidact
import Foundation
import GRDB

/// Reads episodes one after another, each problem once and each episode checked against its digest.
///
/// Episodes of formats before 3 have no digest.
struct EpisodeReader {
    private let db: Database
    private let file: String
    private let record: String
    private let rows: RowCursor
    private var problems: [Int64: Problem] = [:]
    /// The digest of the episodes read so far; nil where one of them has none.
    private(set) var digest: EpisodesDigest? = EpisodesDigest()

    /// The episodes of a run that a query for rows of `episode` gives.
    init(_ db: Database, file: String, runID: String, sql: String, arguments: StatementArguments) throws {
        self.db = db
        self.file = file
        record = "an episode of run \(runID)"
        rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    }

    /// The next episode and its generation.
    mutating func next() throws -> (episode: Episode, generation: Int)? {
        guard let row = try rows.next() else { return nil }
        let reader = RowReader(row: row, file: file, record: record)
        let generation: Int = try reader.value("generation")
        let problem = try problem(try reader.value("problem"))
        try check(reader, generation: generation, problem: problem)
        guard
            let numbers = NumberBlob.integers(try reader.bytes("turns")), let tokens = NumberBlob.integers(try reader.bytes("tokens")),
            let logprobs = NumberBlob.floats(try reader.bytes("logprobs")),
            let turns = TurnLayout.turns(numbers, tokens: tokens, logprobs: logprobs)
        else {
            throw reader.damage("its tokens and logprobs do not add up (generation \(generation))")
        }
        let judged = try reader.optional("turn_verdicts", as: Data.self).map {
            try RecordCoding(file: file).value(TurnVerdicts.self, from: String(decoding: $0, as: UTF8.self), record: record)
        }
        let episode = Episode(
            problem: problem, turns: judged?.added(to: turns) ?? turns,
            response: try reader.text("response"),
            stopReason: try reader.choice("stop_reason"),
            verdict: StoredVerdict(
                kind: try reader.choice("verdict"), score: try reader.optional("score"), feedback: try reader.text("feedback")
            ).verdict,
            origin: EpisodeOrigin(
                weightsHash: try reader.value("weights"), step: try reader.value("step"),
                key: UInt64(bitPattern: try reader.value("stream", as: Int64.self)), member: try reader.value("member")
            )
        )
        return (episode, generation)
    }

    /// Refuses episodes, read to the end, that are not all those that their generation was committed with.
    func checkWhole(count: Int, of generation: RowReader, _ coding: RecordCoding) throws(StoreError) {
        guard try generation.value("episodes") == count else { throw generation.damage("\(count) of its episodes are there") }
        guard let text: String = try generation.optional("lineage") else { return }
        let lineage = try coding.value(StoredLineage.self, from: text, record: "the lineage of \(generation.record)")
        guard digest?.hexadecimal == lineage.episodes else { throw generation.damage("its episodes are not those that were committed") }
    }

    private mutating func check(_ reader: RowReader, generation: Int, problem: Problem) throws(StoreError) {
        guard let stored = try reader.optional("digest", as: Data.self) else {
            digest = nil
            return
        }
        let values = EpisodeDigest.columns.map { (column) -> DatabaseValue in reader.row[column] ?? .null }
        guard stored == EpisodeDigest.digest(values, problem: problem) else {
            throw reader.damage("its digest does not match (generation \(generation))")
        }
        digest?.append(stored)
    }

    private mutating func problem(_ key: Int64) throws -> Problem {
        if let problem = problems[key] { return problem }
        let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM problem WHERE key = ?"), arguments: [key])
        guard let row else { throw StoreError.damagedRecord(file: file, record: record, reason: "its problem is missing") }
        let problem = try StoredProblem(row, file: file).problem
        problems[key] = problem
        return problem
    }
}
