/// How policies are evaluated during a run and at its end.
public struct EvaluationSettings: Sendable, Hashable, Codable {
    /// Held-out problems, read every generation.
    public var problems: Int
    /// Samples of each problem.
    public var samplesPerProblem: Int
    /// The temperature of those samples; the greedy response is drawn apart.
    public var temperature: Float
    /// Sealed problems, read once at the end, by base and final incumbent.
    public var sealedProblems: Int

    /// 1,000 problems with 8 samples at temperature 1, and 500 sealed problems, unless told otherwise.
    public init(problems: Int = 1000, samplesPerProblem: Int = 8, temperature: Float = 1, sealedProblems: Int = 500) {
        self.problems = problems
        self.samplesPerProblem = samplesPerProblem
        self.temperature = temperature
        self.sealedProblems = sealedProblems
    }

    /// Refuses values outside their range; `prefix` names the group in messages.
    public func validate(prefix: String = "evaluation.") throws(SettingsError) {
        for (key, value) in [("problems", problems), ("sealedProblems", sealedProblems)] {
            try CountLimits.check(value, key: prefix + key, from: 1, upTo: CountLimits.items)
        }
        try CountLimits.check(samplesPerProblem, key: prefix + "samplesPerProblem", from: 1, upTo: CountLimits.samples)
        guard temperature > 0 && temperature <= 10 else {
            throw .outOfRange(key: prefix + "temperature", value: "\(temperature)", allowed: "above 0, at most 10")
        }
    }

    /// One line for each key.
    public static var help: [String: String] {
        [
            "problems": "held-out problems that the gate reads every generation",
            "samplesPerProblem": "samples of each held-out and sealed problem: the k of mean@k",
            "temperature": "sampling temperature of evaluation; greedy responses are drawn apart",
            "sealedProblems": "sealed problems, read once at the end",
        ]
    }
}
