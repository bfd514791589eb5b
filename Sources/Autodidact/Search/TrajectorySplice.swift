/// A failed episode up to its first bad step, a turn that notices it, and the rest of a good episode of the same problem (Agent-R,
/// arXiv:2501.11425, §3.2), as it really went when it was replayed.
public struct TrajectorySplice: Sendable {
    /// The replayed interaction.
    public let state: InteractionState
    /// Steps of the failed episode in it.
    public let badSteps: Int

    /// Replays the first `badSteps` steps of `bad`, the revision, and then `good` from where it leaves `bad`'s way.
    ///
    /// The good episode never met what `bad` did, so what it achieved there says nothing: only the replay does. It ends with the good
    /// episode's actions or with the environment's outcome, whichever comes first.
    /// - Throws: What the policy throws when it encodes observations.
    static func replay(
        bad: InteractionState, badSteps: Int, revision: Turn, good: InteractionState, from start: InteractionState, by policy: any Policy
    ) async throws -> TrajectorySplice? {
        var state = start
        let shared = zip(bad.actions, good.actions).prefix { $0 == $1 }.count
        let rest = good.steps.dropFirst(min(shared, badSteps))
        let turns =
            bad.steps.prefix(badSteps).map { ($0.turn, $0.stopReason) } + [(revision, .endOfText)] + rest.map { ($0.turn, $0.stopReason) }
        for (turn, stopReason) in turns where state.outcome == nil {
            state = try await state.after(turn, stopReason: stopReason, by: policy)
        }
        return state.outcome == nil ? nil : TrajectorySplice(state: state, badSteps: badSteps)
    }

    /// The sample that teaches to turn round: the failed steps are read, the revision and what follows are learned.
    public var sample: SpanSample {
        SpanSample(
            question: state.problem.question,
            spans: [Span(.context, state.prompt)]
                + state.steps.enumerated().flatMap { index, step in
                    [
                        Span(step.turn, as: index < badSteps ? .wrong : index == badSteps ? .repair : .own),
                        Span(.context, step.observed),
                    ]
                })
    }
}

extension InteractionState {
    /// The sample that teaches every action of the episode.
    public var sample: SpanSample {
        SpanSample(
            question: problem.question,
            spans: [Span(.context, prompt)] + steps.flatMap { [Span($0.turn), Span(.context, $0.observed)] })
    }
}

extension Workshop {
    /// The splice of two episodes of one training problem, replayed; nil where the replay has no outcome.
    ///
    /// - Parameter revision: What the policy is to say when it notices the mistake: an action that changes nothing.
    /// - Throws: What the policy throws.
    public func splice(
        _ bad: InteractionState, steps: Int, revision: String, with good: InteractionState
    ) async throws -> TrajectorySplice? {
        let turn = try Turn.written(revision, as: policy, isTrainable: true)
        let start = try InteractionState(bad.problem, environment: environment(for: bad.problem), policy: policy)
        return try await TrajectorySplice.replay(bad: bad, badSteps: steps, revision: turn, good: good, from: start, by: policy)
    }
}
