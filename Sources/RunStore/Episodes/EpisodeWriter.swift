import Autodidact
import Foundation
import GRDB

/// Adds the episodes of one generation, each problem once a run.
struct EpisodeWriter {
    private let db: Database
    private let statement: Statement
    private let run: Int64
    private let generation: Int
    private let file: String
    private var ordinal = 0
    private var problems: [Problem: Int64] = [:]
    /// The digest of the episodes so far.
    private(set) var digest = EpisodesDigest()

    init(db: Database, run: Int64, generation: Int, file: String) throws {
        self.db = db
        self.run = run
        self.generation = generation
        self.file = file
        let columns = ["run", "problem"] + EpisodeDigest.columns + ["digest"]
        statement = try db.cachedStatement(
            sql: """
                INSERT INTO episode (\(columns.joined(separator: ", ")))
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                """)
    }

    /// Adds an episode after the last one.
    mutating func append(_ episode: Episode) throws {
        let verdict = StoredVerdict(episode.verdict)
        let values: [(any DatabaseValueConvertible)?] = [
            generation, ordinal, verdict.kind.rawValue, verdict.score, episode.sampledTokens, episode.stopReason.rawValue,
            episode.origin.member, Int64(bitPattern: episode.origin.key), episode.origin.step, episode.origin.weightsHash,
            NumberBlob.data(TurnLayout.numbers(episode.turns)),
            NumberBlob.data(episode.turns.flatMap(\.tokens)),
            NumberBlob.data(episode.turns.flatMap { $0.logprobs?.values ?? [] }),
            Data(episode.response.utf8),
            Data(verdict.feedback.utf8),
            try TurnVerdicts(episode.turns).map { Data(try RecordCoding(file: file).text(of: $0, record: "an episode").utf8) },
        ]
        let stored = values.map { $0?.databaseValue ?? .null }
        let digest = EpisodeDigest.digest(stored, problem: episode.problem)
        try statement.execute(arguments: StatementArguments([run, try key(of: episode.problem)] + stored + [digest]))
        self.digest.append(digest)
        ordinal += 1
    }

    /// The row of a problem, made where the run has not met it; two problems of one id may still differ in level or wording.
    private mutating func key(of problem: Problem) throws -> Int64 {
        if let key = problems[problem] { return key }
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM problem WHERE run = ? AND id = ?"), arguments: [run, problem.id])
        for row in rows {
            let stored = try StoredProblem(row, file: file)
            if stored.problem == problem {
                problems[problem] = stored.key
                return stored.key
            }
        }
        try db.cachedStatement(
            sql: "INSERT INTO problem (run, id, task, level, split, prompt, reference) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            run, problem.id, problem.task, problem.level, problem.split.rawValue, Data(problem.prompt.utf8), Data(problem.reference.utf8),
        ])
        problems[problem] = db.lastInsertedRowID
        return db.lastInsertedRowID
    }
}
