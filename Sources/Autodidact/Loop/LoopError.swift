/// A run that cannot be started or gone on with; reported before any work.
public enum LoopError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The recipe needs what the policy does not offer.
    case missingCapabilities(recipe: String, policy: String, missing: [Capability])
    /// The run's manifest names something else than what the loop was given.
    case manifestMismatch(field: String, manifest: String, given: String)
    /// The run's gate began under other rules than this program's.
    case gateRulesDiffer(run: String, recorded: String, known: String)
    /// The task has no problem of this split on the chosen levels.
    case noProblems(task: String, split: Split)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .missingCapabilities(let recipe, let policy, let missing):
            "recipe '\(recipe)' needs \(missing.map(\.rawValue).joined(separator: " and ")), which policy '\(policy)' does not offer"
        case .manifestMismatch(let field, let manifest, let given):
            "the run was created with \(field) '\(manifest)' and cannot go on with '\(given)'"
        case .gateRulesDiffer(let run, let recorded, let known):
            "run \(run) began under version \(recorded) of the gate's rules, this program decides by version \(known); finish it with the "
                + "program that began it, or start a new run"
        case .noProblems(let task, let split):
            "task '\(task)' gave no \(split.rawValue) problem on the chosen levels; choose more or other levels"
        }
    }
}
