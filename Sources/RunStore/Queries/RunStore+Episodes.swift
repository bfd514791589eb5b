public import Autodidact
import GRDB

extension RunStore {
    /// Episodes of one generation in the order in which they were committed, each checked against its digest.
    ///
    /// All of them together are checked against the generation's too. None where there is no such generation.
    ///
    /// - Parameters:
    ///   - verdict: Only those of this verdict; nil for all.
    ///   - offset: How many of them to leave out first.
    ///   - limit: The most to return; nil for no limit.
    /// - Throws: `episodesNotKept` where they were let go of; damage.
    public func episodes(
        of runID: String, generation: Int, verdict: VerdictKind? = nil, offset: Int = 0, limit: Int? = nil
    ) throws(StoreError) -> [Episode] {
        try database.read("read the episodes of run \(runID)") { db in
            let run = try stored(runID, in: db)
            let row = try Row.fetchOne(
                db, sql: "SELECT collected, episodes, lineage FROM generation WHERE run = ? AND number = ?",
                arguments: [run.key, generation])
            guard let row else { return [] }
            let committed = RowReader(row: row, file: database.path, record: "generation \(generation) of run \(runID)")
            if try committed.value("collected") { throw StoreError.episodesNotKept(run: runID, generation: generation) }
            var reader = try EpisodeReader(
                db, file: database.path, runID: runID,
                sql: """
                    SELECT * FROM episode WHERE run = ? AND generation = ? AND (? IS NULL OR verdict = ?) ORDER BY ordinal LIMIT ? OFFSET ?
                    """,
                arguments: [run.key, generation, verdict?.rawValue, verdict?.rawValue, limit ?? -1, offset])
            var episodes: [Episode] = []
            while let next = try reader.next() { episodes.append(next.episode) }
            if verdict == nil && offset == 0 && limit == nil { try reader.checkWhole(count: episodes.count, of: committed, coding) }
            return episodes
        }
    }

    /// A few episodes of a generation to look at: up to `count` of each verdict that occurs.
    public func exampleEpisodes(of runID: String, generation: Int, count: Int = 2) throws(StoreError) -> [VerdictKind: [Episode]] {
        var examples: [VerdictKind: [Episode]] = [:]
        for kind in VerdictKind.allCases {
            let episodes = try episodes(of: runID, generation: generation, verdict: kind, limit: count)
            if !episodes.isEmpty { examples[kind] = episodes }
        }
        return examples
    }

    /// The generations whose episodes are kept, in order.
    public func episodeGenerations(of runID: String) throws(StoreError) -> [Int] {
        try database.read("read run \(runID)") { db in
            try StoredGeneration.all(of: try stored(runID, in: db), in: db, coding: coding).filter { !$0.isCollected }.map(\.record.number)
        }
    }
}
