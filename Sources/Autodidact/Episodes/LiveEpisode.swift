import Randomness

/// An episode that is being made.
struct LiveEpisode: Sendable {
    let problem: Problem
    let origin: RolloutOrigin
    let member: Int
    var environment: any Environment
    var turns: [Turn]
    private var response = ""
    private var stopReason = StopReason.length
    /// The outcome, once there is one.
    private(set) var verdict: Verdict?

    init(problem: Problem, origin: RolloutOrigin, member: Int, environment: any Environment, turns: [Turn]) {
        self.problem = problem
        self.origin = origin
        self.member = member
        self.environment = environment
        self.turns = turns
    }

    /// All that was said so far.
    var tokens: [TokenID] { turns.flatMap(\.tokens) }

    /// Takes over a turn of the policy and the environment's answer to it.
    ///
    /// An episode that the policy's context cannot hold any longer ends there, as a failure of the policy.
    mutating func take(
        _ completion: Completion, response: String, step: EnvironmentStep, environment: any Environment, policy: any Policy
    ) throws {
        self.environment = environment
        self.response = response
        stopReason = completion.stopReason
        switch step {
        case .outcome(let outcome):
            turns.append(.policy(completion))
            verdict = outcome
        case .observation(let text, let judgement):
            turns.append(.policy(completion, verdict: judgement))
            let observation = try policy.followUp(to: text, isClosed: completion.stopReason == .endOfText)
            if turns.reduce(observation.count, { $0 + $1.tokens.count }) >= policy.contextLength {
                verdict = .wrong("the episode does not fit into the policy's context of \(policy.contextLength) tokens")
            } else {
                turns.append(.environment(observation))
            }
        }
    }

    /// The episode as it is kept; one whose environment has not ended by itself is unscorable.
    func finished(maximumTurns: Int) -> Episode {
        var turns = turns
        if verdict == nil, turns.last?.role == .environment { turns.removeLast() }
        return Episode(
            problem: problem, turns: turns, response: response, stopReason: stopReason,
            verdict: verdict ?? .unscorable(reason: "the environment did not end within \(maximumTurns) turns"),
            origin: EpisodeOrigin(weightsHash: origin.weightsHash, step: origin.step, key: origin.key.key, member: member))
    }
}
