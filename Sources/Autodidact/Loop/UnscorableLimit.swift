/// When a verifier fails so often that its verdicts mean nothing any more: above 2 %, once 200 responses were judged, or of a finished
/// generation or evaluation of fewer where at least five verdicts are missing.
struct UnscorableLimit: Sendable {
    private static let share = 0.02
    private static let leastVerdicts = 200
    private static let leastMissing = 5

    private(set) var verdicts = 0
    private(set) var unscorable = 0
    private var lastReason = ""

    /// Counts the verdicts of episodes.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable` once the limit is passed.
    mutating func count(_ episodes: some Sequence<Episode>) throws(WorkshopError) { try count(episodes.map(\.verdict)) }

    /// Counts verdicts.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable` once the limit is passed.
    mutating func count(_ given: [Verdict]) throws(WorkshopError) {
        for verdict in given {
            verdicts += 1
            if case .unscorable(let reason) = verdict {
                unscorable += 1
                lastReason = reason
            }
        }
        if verdicts >= Self.leastVerdicts { try check() }
    }

    /// Looks at a finished generation, however few verdicts it has.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable` where the limit is passed.
    func finish() throws(WorkshopError) {
        if unscorable >= Self.leastMissing { try check() }
    }

    /// Looks at a finished evaluation as at a generation; one of which nothing could be judged says nothing, however short it is.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable` where the limit is passed, or all verdicts are missing.
    func finishEvaluation() throws(WorkshopError) {
        if unscorable >= Self.leastMissing || unscorable == verdicts { try check() }
    }

    /// How many verdicts may be missing once `count` more are there; nil where so few are not looked at.
    ///
    /// - Parameter isFinal: Whether the evaluation is then finished.
    func mostMissing(after count: Int, isFinal: Bool) -> Int? {
        let total = verdicts + count
        if isFinal { return max(Self.leastMissing - 1, Int(Self.share * Double(total))) }
        return total >= Self.leastVerdicts ? Int(Self.share * Double(total)) : nil
    }

    private func check() throws(WorkshopError) {
        guard Double(unscorable) > Self.share * Double(verdicts) else { return }
        throw .tooManyUnscorable(unscorable: unscorable, verdicts: verdicts, reason: lastReason)
    }
}
