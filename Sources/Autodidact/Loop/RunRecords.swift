/// What a run was asked to do, resolved; written once, before any work.
public struct RunManifest: Sendable, Hashable, Codable {
    /// Names the run; also its folder's name.
    public let runID: String
    /// The recipe's slug.
    public let recipe: String
    /// The task family's slug.
    public let task: String
    /// The file that the problems are from; nil for a task that comes with Autodidact.
    public let taskFile: TaskFile?
    /// The model as it was named.
    public let model: String
    /// The run's seed.
    public let seed: UInt64
    /// The resolved settings tree, as JSON with sorted keys; reloads to itself.
    public let settings: String
    /// Versions that decide results: engine, gate, verifier, toolchain.
    public internal(set) var versions: [String: String]
    /// When the run was created; a label, never read by the loop.
    public let createdAt: Double
    /// Whether a gate decides; a run without one keeps every candidate, and says so wherever it is shown.
    public let isGated: Bool
    /// What surrounds the programs that the policy writes; nil where the run's tasks run none.
    public let confinement: Confinement?

    /// Whether programs that the policy writes run without a sandbox; such a run says so wherever it is shown.
    public var isUnconfined: Bool { confinement == Confinement.none }

    /// A manifest.
    public init(
        runID: String, recipe: String, task: String, taskFile: TaskFile? = nil, model: String, seed: UInt64, settings: String,
        versions: [String: String], createdAt: Double, isGated: Bool = true, confinement: Confinement? = nil
    ) {
        self.runID = runID
        self.recipe = recipe
        self.task = task
        self.taskFile = taskFile
        self.model = model
        self.seed = seed
        self.settings = settings
        self.versions = versions
        self.createdAt = createdAt
        self.isGated = isGated
        self.confinement = confinement
    }

    /// A manifest as it was recorded, by this version or an earlier one, whose runs were all gated and ran no programs.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            runID: try container.decode(String.self, forKey: .runID),
            recipe: try container.decode(String.self, forKey: .recipe),
            task: try container.decode(String.self, forKey: .task),
            taskFile: try container.decodeIfPresent(TaskFile.self, forKey: .taskFile),
            model: try container.decode(String.self, forKey: .model),
            seed: try container.decode(UInt64.self, forKey: .seed),
            settings: try container.decode(String.self, forKey: .settings),
            versions: try container.decode([String: String].self, forKey: .versions),
            createdAt: try container.decode(Double.self, forKey: .createdAt),
            isGated: try container.decodeIfPresent(Bool.self, forKey: .isGated) ?? true,
            confinement: try container.decodeIfPresent(Confinement.self, forKey: .confinement))
    }
}

/// Where the time of a run goes: every second of wall time belongs to exactly one phase.
public enum Phase: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    /// Drawing problems and tokens for training.
    case sample
    /// Judging responses.
    case verify
    /// Selection, reference logprobs, gradients and optimiser steps.
    case train
    /// Held-out and sealed evaluation, sampling and judging included.
    case evaluate
    /// Snapshots and the run store.
    case write
}

/// Seconds by phase: measured, so never part of what must be reproducible.
public struct PhaseSeconds: Sendable, Hashable, Codable {
    /// Seconds of each phase that took any.
    public var seconds: [Phase: Double]

    /// Nothing spent yet unless given.
    public init(_ seconds: [Phase: Double] = [:]) {
        self.seconds = seconds
    }

    /// The sum over the phases.
    public var total: Double { Phase.allCases.reduce(0) { $0 + (seconds[$1] ?? 0) } }

    /// Seconds of one phase.
    public subscript(phase: Phase) -> Double {
        get { seconds[phase] ?? 0 }
        set { seconds[phase] = newValue }
    }

    /// Phase by phase sum.
    public static func + (left: PhaseSeconds, right: PhaseSeconds) -> PhaseSeconds {
        PhaseSeconds(left.seconds.merging(right.seconds, uniquingKeysWith: +))
    }

    /// What was spent between `right` and `left`, phase by phase.
    public static func - (left: PhaseSeconds, right: PhaseSeconds) -> PhaseSeconds {
        PhaseSeconds(Dictionary(uniqueKeysWithValues: Phase.allCases.map { ($0, left[$0] - right[$0]) }.filter { $0.1 > 0 }))
    }
}

/// One turn of the loop, as committed.
public struct GenerationRecord: Sendable, Hashable, Codable {
    /// From 1 up.
    public let number: Int
    /// SHA-256 of the candidate's weights.
    public let candidateHash: String
    /// SHA-256 of the incumbent's weights after the decision.
    public let incumbentHash: String
    /// Episodes made for training.
    public let episodes: Int
    /// How many of those were correct.
    public let correct: Int
    /// How many could not be judged.
    public let unscorable: Int
    /// Tokens sampled for training.
    public let tokensSampled: Int
    /// Tokens that passed through the trainer.
    public let tokensTrained: Int
    /// Named figures of the generation; the names are stable API (docs/METRICS.md).
    public let metrics: [String: Double]
    /// The candidate on the held-out problems.
    public let evaluation: EvaluationResult
    /// What the gate decided.
    public let decision: GateDecision
    /// Where the time went.
    public let seconds: PhaseSeconds
    /// What looks like hacking or collapse.
    public let alarms: [Alarm]
    /// The pauses of promotion that go on after it.
    public let pauses: [AlarmPause]
    /// What a second judge said of accepted episodes; nil where nothing was audited.
    public let audit: AuditResult?

    /// A committed generation.
    public init(
        number: Int, candidateHash: String, incumbentHash: String, episodes: Int, correct: Int, unscorable: Int, tokensSampled: Int,
        tokensTrained: Int, metrics: [String: Double], evaluation: EvaluationResult, decision: GateDecision, seconds: PhaseSeconds,
        alarms: [Alarm] = [], pauses: [AlarmPause] = [], audit: AuditResult? = nil
    ) {
        self.number = number
        self.candidateHash = candidateHash
        self.incumbentHash = incumbentHash
        self.episodes = episodes
        self.correct = correct
        self.unscorable = unscorable
        self.tokensSampled = tokensSampled
        self.tokensTrained = tokensTrained
        self.metrics = metrics
        self.evaluation = evaluation
        self.decision = decision
        self.seconds = seconds
        self.alarms = alarms
        self.pauses = pauses
        self.audit = audit
    }

    /// A generation as it was recorded, by this version or an earlier one, which had neither alarms nor audits, or no pauses; counts that
    /// no run can have are refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let episodes = try container.decodeCount(forKey: .episodes)
        self.init(
            number: try container.decodeCount(forKey: .number, in: 1...CountLimits.generations),
            candidateHash: try container.decode(String.self, forKey: .candidateHash),
            incumbentHash: try container.decode(String.self, forKey: .incumbentHash),
            episodes: episodes, correct: try container.decodeCount(forKey: .correct, in: 0...episodes),
            unscorable: try container.decodeCount(forKey: .unscorable, in: 0...episodes),
            tokensSampled: try container.decodeCount(forKey: .tokensSampled),
            tokensTrained: try container.decodeCount(forKey: .tokensTrained),
            metrics: try container.decode([String: Double].self, forKey: .metrics),
            evaluation: try container.decode(EvaluationResult.self, forKey: .evaluation),
            decision: try container.decode(GateDecision.self, forKey: .decision),
            seconds: try container.decode(PhaseSeconds.self, forKey: .seconds),
            alarms: try container.decodeIfPresent([Alarm].self, forKey: .alarms) ?? [],
            pauses: try container.decodeIfPresent([AlarmPause].self, forKey: .pauses) ?? [],
            audit: try container.decodeIfPresent(AuditResult.self, forKey: .audit))
    }
}

/// The end of a run: base and final incumbent on the sealed problems, read once.
public struct RunSummary: Sendable, Hashable, Codable {
    /// The base model on the sealed problems.
    public let before: EvaluationResult
    /// The final incumbent on the same problems.
    public let after: EvaluationResult
    /// Their paired comparison.
    public let comparison: PairedComparison
    /// Example episodes on sealed problems: the base's and the final incumbent's greedy responses, pairwise.
    public let examples: [ExamplePair]
    /// SHA-256 of the final incumbent's weights.
    public let weightsHash: String
    /// Where the time of the whole run went, resumed parts included.
    public let seconds: PhaseSeconds
    /// Wall seconds of the whole run, resumed parts included.
    public let wallSeconds: Double

    /// A summary.
    public init(
        before: EvaluationResult, after: EvaluationResult, comparison: PairedComparison, examples: [ExamplePair], weightsHash: String,
        seconds: PhaseSeconds, wallSeconds: Double
    ) {
        self.before = before
        self.after = after
        self.comparison = comparison
        self.examples = examples
        self.weightsHash = weightsHash
        self.seconds = seconds
        self.wallSeconds = wallSeconds
    }
}

/// The same problem answered greedily before and after a run.
public struct ExamplePair: Sendable, Hashable, Codable {
    /// What was asked.
    public let prompt: String
    /// The base model's response.
    public let before: String
    /// The verdict on it.
    public let verdictBefore: Verdict
    /// The final incumbent's response.
    public let after: String
    /// The verdict on it.
    public let verdictAfter: Verdict

    /// A pair.
    public init(prompt: String, before: String, verdictBefore: Verdict, after: String, verdictAfter: Verdict) {
        self.prompt = prompt
        self.before = before
        self.verdictBefore = verdictBefore
        self.after = after
        self.verdictAfter = verdictAfter
    }
}
