import Autodidact
import Foundation
import GRDB

/// Reads episodes one after another, each problem once.
struct EpisodeReader {
    private let db: Database
    private let file: String
    private let rows: RowCursor
    private var problems: [Int64: Problem] = [:]

    /// The episodes that a query for rows of `episode` gives.
    init(_ db: Database, file: String, sql: String, arguments: StatementArguments) throws {
        self.db = db
        self.file = file
        rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
    }

    /// The next episode and its generation.
    mutating func next() throws -> (episode: Episode, generation: Int)? {
        guard let row = try rows.next() else { return nil }
        let reader = RowReader(row: row, file: file, record: "an episode")
        let generation: Int = try reader.value("generation")
        guard
            let numbers = NumberBlob.integers(try reader.bytes("turns")), let tokens = NumberBlob.integers(try reader.bytes("tokens")),
            let logprobs = NumberBlob.floats(try reader.bytes("logprobs")),
            let turns = TurnLayout.turns(numbers, tokens: tokens, logprobs: logprobs)
        else {
            throw reader.damage("its tokens and logprobs do not add up (generation \(generation))")
        }
        let judged = try reader.optional("turn_verdicts", as: Data.self).map {
            try RecordCoding(file: file).value(TurnVerdicts.self, from: String(decoding: $0, as: UTF8.self), record: "an episode")
        }
        let episode = Episode(
            problem: try problem(try reader.value("problem")), turns: judged?.added(to: turns) ?? turns,
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

    private mutating func problem(_ key: Int64) throws -> Problem {
        if let problem = problems[key] { return problem }
        let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM problem WHERE key = ?"), arguments: [key])
        guard let row else { throw StoreError.damagedRecord(file: file, record: "an episode", reason: "its problem is missing") }
        let problem = try StoredProblem(row, file: file).problem
        problems[key] = problem
        return problem
    }
}
