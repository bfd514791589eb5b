import GRDB

/// How the rewards and lengths of a generation's episodes are spread.
public struct EpisodeHistograms: Sendable, Hashable, Codable {
    /// The generation.
    public let generation: Int
    /// Judged episodes by reward: ten equal parts of 0...1, the last with its upper end.
    public let rewards: [Int]
    /// Episodes that could not be judged; no part of `rewards`.
    public let unscorable: Int
    /// Tokens by which neighbouring parts of `lengths` differ; the same for all generations of a run.
    public let tokensPerBin: Int
    /// Episodes by sampled tokens: part `i` holds those from `i * tokensPerBin` up to the next.
    public let lengths: [Int]
}

extension RunStore {
    /// The spread of rewards and lengths, generation by generation.
    ///
    /// - Parameter lengthBins: About how many parts the lengths fall into.
    public func histograms(of runID: String, lengthBins: Int = 20) throws(StoreError) -> [EpisodeHistograms] {
        precondition(lengthBins > 0, "\(lengthBins) length bins")
        return try database.read("read the episodes of run \(runID)") { db in
            let run = try stored(runID, in: db)
            let longest = try Int.fetchOne(db, sql: "SELECT max(sampled) FROM episode WHERE run = ?", arguments: [run.key]) ?? 0
            let tokensPerBin = max(1, (longest + lengthBins) / lengthBins)
            let rewards = try counts(
                db, "CASE verdict WHEN 'unscorable' THEN 10 ELSE max(0, min(9, CAST(ifnull(score, 0) * 10 AS INTEGER))) END", run: run.key)
            let lengths = try counts(db, "sampled / \(tokensPerBin)", run: run.key)
            return (1..<run.generations + 1).map { number in
                let reward = rewards[number] ?? [:]
                return EpisodeHistograms(
                    generation: number, rewards: (0..<10).map { reward[$0] ?? 0 }, unscorable: reward[10] ?? 0, tokensPerBin: tokensPerBin,
                    lengths: (0...longest / tokensPerBin).map { lengths[number]?[$0] ?? 0 }
                )
            }
        }
    }

    /// By generation and bin: how many episodes fall into the bin that an expression of `episode`'s columns names.
    private func counts(_ db: Database, _ bin: String, run: Int64) throws -> [Int: [Int: Int]] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT generation, \(bin) AS bin, count(*) AS count FROM episode WHERE run = ? GROUP BY generation, bin",
            arguments: [run])
        var counts: [Int: [Int: Int]] = [:]
        for row in rows {
            let reader = RowReader(row: row, file: database.path, record: "an episode")
            counts[try reader.value("generation"), default: [:]][try reader.value("bin")] = try reader.value("count", as: Int.self)
        }
        return counts
    }
}
