/// How much of a run is kept; what is not kept any more costs neither result nor record, but cannot be gone back to or exported.
public struct StoreSettings: Sendable, Hashable, Codable {
    /// How many promoted states besides the base and the incumbent keep weights and optimiser, so that `rollback` can go back to them.
    public var keepWeights: Int
    /// How many of the newest generations keep their episodes.
    public var keepEpisodes: Int

    /// One state to go back to, and the episodes of a hundred generations unless told otherwise.
    public init(keepWeights: Int = 1, keepEpisodes: Int = 100) {
        self.keepWeights = keepWeights
        self.keepEpisodes = keepEpisodes
    }

    /// Refuses values outside their range; `prefix` names the group in messages.
    public func validate(prefix: String = "store.") throws(SettingsError) {
        try CountLimits.check(keepWeights, key: prefix + "keepWeights", from: 0, upTo: CountLimits.generations)
        try CountLimits.check(keepEpisodes, key: prefix + "keepEpisodes", from: 1, upTo: CountLimits.generations)
    }

    /// Refuses to let go of episodes that a later generation is to learn from.
    public func check(_ pool: RoundSchedule.Pool, generations: Int) throws(SettingsError) {
        let needed = pool.earlier(before: generations).count
        guard keepEpisodes < needed else { return }
        throw .conflict(
            key: "store.keepEpisodes", value: "\(keepEpisodes)", allowed: "from \(needed) up", other: "recipe.pool", otherValue: "\(pool)")
    }

    /// One line for each key.
    public static var help: [String: String] {
        [
            "keepWeights": "promoted states besides base and incumbent that keep their weights, for 'autodidact rollback'",
            "keepEpisodes": "newest generations that keep their episodes",
        ]
    }
}
