import Synchronization

/// Watches verdicts as they come, from any task: tells of the first that is missing, and ends the work as soon as more are missing than its
/// `UnscorableLimit` will allow, however the rest turn out.
///
/// So it decides nothing that the limit would not decide at the end, whatever the order in which verdicts come.
final class VerdictWatch: Sendable {
    private struct State {
        var verdicts: Int
        var missing: Int
        /// Why the work ends: the same for all that come later.
        var end: WorkshopError?
    }

    private let state: Mutex<State>
    private let mostMissing: Int?
    private let verifier: any Verifier
    private let tell: @Sendable (String) -> Void

    /// A watch over the next `count` verdicts; where nobody knows how many they will be, it only tells.
    ///
    /// - Parameters:
    ///   - limit: What was counted before, to which these verdicts will be added.
    ///   - isFinal: Whether an evaluation is finished with them.
    ///   - tell: Told the cause of the first missing verdict, where none was missing before.
    init(
        _ count: Int?, within limit: UnscorableLimit, isFinal: Bool, of verifier: any Verifier, tell: @escaping @Sendable (String) -> Void
    ) {
        state = Mutex(State(verdicts: limit.verdicts, missing: limit.unscorable))
        mostMissing = count.flatMap { limit.mostMissing(after: $0, isFinal: isFinal) }
        self.verifier = verifier
        self.tell = tell
    }

    /// Counts the verdict on an episode.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable`, or `VerifierError` where the verifier is no longer itself.
    func note(_ verdict: Verdict) throws {
        guard case .unscorable(let reason) = verdict else { return state.withLock { $0.verdicts += 1 } }
        // One that is no longer itself says so, and what it could not judge is beside the point.
        try verifier.confirm()
        let (isFirst, end) = state.withLock { state in
            state.verdicts += 1
            state.missing += 1
            if state.end == nil, let mostMissing, state.missing > mostMissing {
                state.end = .tooManyUnscorable(unscorable: state.missing, verdicts: state.verdicts, reason: reason)
            }
            return (state.missing == 1, state.end)
        }
        if isFirst { tell(reason) }
        if let end { throw end }
    }
}

extension Workshop {
    /// A watch over the next verdicts of this generation; `count` is nil where nobody knows how many they will be.
    func watch(over count: Int?) -> VerdictWatch {
        VerdictWatch(count, within: tally.limit, isFinal: false, of: family.verifier) { [events] in
            events(.verdictMissing(phase: .verify, cause: $0))
        }
    }
}
