/// The rules by which a gate decides, as a version of their own: a run keeps to those that it began with.
public enum GateRules {
    /// To be raised whenever the same evaluations, under the same settings, could be decided otherwise.
    public static let version = "1"
    /// What the version is called among those of a manifest.
    public static let name = "gate"
    /// What runs from before versions were recorded are taken for: the rules were changed meanwhile, and nobody knows which was whose.
    static let unrecorded = "1"
}

extension RunManifest {
    /// The version of the rules that the run began with.
    public var gateRules: String { versions[GateRules.name] ?? GateRules.unrecorded }

    /// The manifest as a run of this program records it.
    func recordingGateRules() -> RunManifest {
        var manifest = self
        manifest.versions[GateRules.name] = GateRules.version
        return manifest
    }

    /// Refuses to go on with a gated run under other rules than it began with.
    ///
    /// - Throws: `gateRulesDiffer`.
    public func checkGateRules() throws(LoopError) {
        guard isGated, gateRules != GateRules.version else { return }
        throw .gateRulesDiffer(run: runID, recorded: gateRules, known: GateRules.version)
    }
}
