/// When a verifier fails so often that its verdicts mean nothing any more: above 2 %, once 200 responses were judged.
struct UnscorableLimit: Sendable {
    private static let share = 0.02
    private static let leastVerdicts = 200

    private var verdicts = 0
    private var unscorable = 0
    private var lastReason = ""

    /// Counts the verdicts of episodes.
    ///
    /// - Throws: `WorkshopError.tooManyUnscorable` once the limit is passed.
    mutating func count(_ episodes: some Sequence<Episode>) throws(WorkshopError) {
        for episode in episodes {
            verdicts += 1
            if case .unscorable(let reason) = episode.verdict {
                unscorable += 1
                lastReason = reason
            }
        }
        if verdicts >= Self.leastVerdicts && Double(unscorable) > Self.share * Double(verdicts) {
            throw .tooManyUnscorable(unscorable: unscorable, verdicts: verdicts, reason: lastReason)
        }
    }
}
