/// One of the questions that the gate asks of a candidate.
public struct GateCheck: Sendable, Hashable, Codable {
    /// What kind of question; they are asked in this order, and the first that fails gives the reason.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// Safety probes, alarms and the audit of the verifier.
        case safety
        /// The tasks that the run must not make the policy forget.
        case retention
        /// The task that the run practises.
        case target
    }

    /// What kind of question it is.
    public let stage: Stage
    /// What was asked about: a probe, an alarm, a task.
    public let name: String
    /// Whether the candidate may go on to the next question.
    public let isPassed: Bool
    /// One phrase with the figures.
    public let finding: String

    /// An answered question.
    public init(stage: Stage, name: String, isPassed: Bool, finding: String) {
        self.stage = stage
        self.name = name
        self.isPassed = isPassed
        self.finding = finding
    }
}
