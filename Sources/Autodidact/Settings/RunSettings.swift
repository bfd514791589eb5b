/// What every run is told, whatever its recipe.
public struct RunSettings: Sendable, Hashable, Codable {
    /// How many turns the loop takes.
    public var generations: Int
    /// The root of all random draws.
    public var seed: UInt64
    /// The task's levels to mix evenly; empty means the task's default.
    public var levels: [Int]
    /// The most tokens of a response to a task from a file, 0 meaning the default of such tasks; others state their longest response.
    public var maximumTokens: Int
    /// Whether an adapter is trained instead of all weights.
    public var adapter: AdapterSettings
    /// How prompts are laid out: the name of a conversation format, or `auto` for the model's own.
    public var conversation: String
    /// How policies are evaluated.
    public var evaluation: EvaluationSettings
    /// When a candidate replaces the incumbent.
    public var gate: GateSettings
    /// How much of the run is kept.
    public var store: StoreSettings
    /// Which tasks a candidate must not forget.
    public var retention: RetentionSettings
    /// What stops a candidate however right its answers are.
    public var safety: SafetySettings
    /// How what the verifier accepted is checked.
    public var audit: AuditSettings

    /// Five generations from seed 1 on the task's default levels unless told otherwise.
    public init(
        generations: Int = 5, seed: UInt64 = 1, levels: [Int] = [], maximumTokens: Int = 0, conversation: String = "auto",
        adapter: AdapterSettings = AdapterSettings(), evaluation: EvaluationSettings = EvaluationSettings(),
        gate: GateSettings = GateSettings(), store: StoreSettings = StoreSettings(), retention: RetentionSettings = RetentionSettings(),
        safety: SafetySettings = SafetySettings(), audit: AuditSettings = AuditSettings()
    ) {
        self.generations = generations
        self.seed = seed
        self.levels = levels
        self.maximumTokens = maximumTokens
        self.adapter = adapter
        self.conversation = conversation
        self.evaluation = evaluation
        self.gate = gate
        self.store = store
        self.retention = retention
        self.safety = safety
        self.audit = audit
    }

    /// Refuses values outside their range, and an evaluation too small for its gate ever to promote.
    public func validate() throws(SettingsError) {
        try CountLimits.check(generations, key: "generations", from: 1, upTo: CountLimits.generations)
        guard levels.allSatisfy({ $0 >= 1 }) && Set(levels).count == levels.count else {
            let text = levels.map(String.init).joined(separator: ",")
            throw .outOfRange(key: "levels", value: text, allowed: "numbers from 1 up, each once")
        }
        try CountLimits.check(maximumTokens, key: "maximumTokens", from: 0, upTo: CountLimits.repetitions)
        try adapter.validate()
        try evaluation.validate()
        try gate.validate()
        try store.validate()
        try Self.validate(retention, in: "retention.")
        try Self.validate(safety, in: "safety.")
        try Self.validate(audit, in: "audit.")
        // Without a gate nothing has to be significant.
        guard gate.enabled else { return }
        let least = Gate(settings: gate).fewestProblems(atLook: 1)
        guard evaluation.problems >= least else {
            throw .outOfRange(
                key: "evaluation.problems", value: "\(evaluation.problems)",
                allowed: "from \(least) up, or no improvement can be significant at gate.confidence \(gate.confidence)")
        }
    }

    private static func validate(_ group: some SettingsGroup, in prefix: String) throws(SettingsError) {
        do { try group.validate() } catch { throw error.inGroup(prefix) }
    }

    /// One line for each key.
    public static var help: [String: String] {
        let own = [
            "generations": "turns of the loop",
            "seed": "root of all random draws: equal seeds give equal runs",
            "levels": "levels of the task to mix evenly, such as 1,2; empty = the task's default",
            "maximumTokens": "most tokens of a response to a task from a file, in training and evaluation; 0 = 256",
            "conversation": "how the model is prompted: auto (by its chat template, else plain) or a format's name, such as chatml",
        ]
        let groups = [
            ("adapter.", AdapterSettings.help), ("evaluation.", EvaluationSettings.help), ("gate.", GateSettings.help),
            ("store.", StoreSettings.help),
            ("retention.", RetentionSettings.help), ("safety.", SafetySettings.help), ("audit.", AuditSettings.help),
        ]
        return groups.reduce(own) { all, group in
            group.1.reduce(into: all) { $0[group.0 + $1.key] = $1.value }
        }
    }
}
