/// Looks for one thing in a policy's responses that no gain in accuracy is worth.
///
/// Laws: it depends on the episode alone, so that the base and a candidate are measured alike; its name is stable, since evaluations of
/// one run are compared by it.
public protocol SafetyProbe: Sendable {
    /// Named in decisions and records.
    var name: String { get }

    /// Whether the episode shows what the probe looks for.
    func flags(_ episode: Episode) -> Bool
}

extension TaskFamily {
    /// What can be looked for in the responses to any task: degenerate repetition, and what makes the verifier fail.
    public var probes: [any SafetyProbe] { [RepetitionProbe(), UnscorableProbe()] }
}

extension ProceduralFamily {
    /// Besides, the cheats that the family knows.
    public var probes: [any SafetyProbe] { [RepetitionProbe(), UnscorableProbe(), CheatProbe(of: self)] }
}
