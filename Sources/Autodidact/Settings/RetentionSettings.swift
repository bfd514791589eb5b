/// What a candidate must not forget while it learns something else.
public struct RetentionSettings: SettingsGroup {
    /// The protected tasks, each with its level after a colon, or on its default levels.
    @Setting("tasks that a candidate must not get worse at, such as arithmetic,countdown:1; empty = none")
    public var tasks: [String] = []

    /// Held-out problems of each protected task, read in every generation.
    @Setting("held-out problems of each protected task that the gate reads every generation", 6...CountLimits.items)
    public var problems = 300

    /// The loss in mean@k that is accepted, as a share.
    @Setting("loss in mean@k of a protected task that is accepted, as a share (0.01 = one point)", 0...0.5)
    public var margin = 0.01

    /// The one-sided level, over all tests of one look, at which a larger loss refuses a candidate.
    @Setting("one-sided level, over all protected tasks of one look, at which a larger loss refuses a candidate", 0.000001...0.2)
    public var level = 0.05

    /// Nothing is protected.
    public init() {}

    /// Refuses tasks that are named twice, and figures that nothing would read.
    public func validateTogether() throws(SettingsError) {
        guard Set(tasks).count == tasks.count && !tasks.contains("") else {
            throw .outOfRange(key: "tasks", value: tasks.joined(separator: ","), allowed: "names of tasks, each once")
        }
        let defaults = Self()
        let unused = [
            ("problems", problems != defaults.problems), ("margin", margin != defaults.margin), ("level", level != defaults.level),
        ]
        for (key, isSet) in unused where isSet && tasks.isEmpty {
            throw .noEffect(key: key, because: "retention.tasks is empty, so nothing is protected")
        }
    }
}
