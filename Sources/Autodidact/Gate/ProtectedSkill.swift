/// A task that a run must not make its policy forget.
public struct ProtectedSkill: Sendable {
    /// As the settings name it: a task, and its level after a colon where one is chosen.
    public let name: String
    /// The task.
    public let family: any TaskFamily
    /// Its levels; the task's own choice where empty.
    public let levels: [Int]

    /// A protected task.
    public init(name: String, family: any TaskFamily, levels: [Int] = []) {
        self.name = name
        self.family = family
        self.levels = levels
    }
}
