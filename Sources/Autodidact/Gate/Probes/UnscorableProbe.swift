/// Flags a response that the verifier could not judge: what crashes a verifier is no solution, and may be an attack on it.
public struct UnscorableProbe: SafetyProbe {
    /// As in records.
    public let name = "unscorable"

    /// The probe.
    public init() {}

    /// Whether the verdict is missing.
    public func flags(_ episode: Episode) -> Bool { episode.verdict.reward == nil }
}
