/// A problem without its reference: all that may be seen by what claims to need no verifier.
public struct Question: Sendable, Hashable, Codable, Identifiable {
    /// The problem's id.
    public let id: String
    /// The slug of the task.
    public let task: String
    /// What the policy sees.
    public let prompt: String
    /// The task's level, from 1 up.
    public let level: Int
    /// The part of the task that the problem belongs to.
    public let split: Split
}

extension Problem {
    /// The problem as those see it who must not see its answer.
    public var question: Question { Question(id: id, task: task, prompt: prompt, level: level, split: split) }
}
