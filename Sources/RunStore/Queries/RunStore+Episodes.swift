public import Autodidact
import GRDB

extension RunStore {
    /// Episodes of one generation in the order in which they were committed.
    ///
    /// - Parameters:
    ///   - verdict: Only those of this verdict; nil for all.
    ///   - offset: How many of them to leave out first.
    ///   - limit: The most to return; nil for no limit.
    public func episodes(
        of runID: String, generation: Int, verdict: VerdictKind? = nil, offset: Int = 0, limit: Int? = nil
    ) throws(StoreError) -> [Episode] {
        try database.read("read the episodes of run \(runID)") { db in
            let run = try stored(runID, in: db)
            var reader = try EpisodeReader(
                db, file: database.path,
                sql: """
                    SELECT * FROM episode WHERE run = ? AND generation = ? AND (? IS NULL OR verdict = ?) ORDER BY ordinal LIMIT ? OFFSET ?
                    """,
                arguments: [run.key, generation, verdict?.rawValue, verdict?.rawValue, limit ?? -1, offset])
            var episodes: [Episode] = []
            while let next = try reader.next() { episodes.append(next.episode) }
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
}
