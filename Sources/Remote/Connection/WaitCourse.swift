/// Decides after each look at a queued request what to do: a pure value.
///
/// 408 and a wait that ran out mean that the request still waits or runs. 410 and 404 mean that its result is lost. 400 is how SkyRL-tx
/// reports a request that failed. Whatever else goes wrong on the way is tried again, since looking changes nothing.
struct WaitCourse: Sendable {
    /// What to do next.
    enum Step: Sendable, Hashable {
        /// Read the reply.
        case take
        /// Look again.
        case again(after: Duration)
        /// The result is lost.
        case forgotten
        /// It has been waited long enough for this result.
        case timedOut
        /// The service has been out of reach for long enough.
        case giveUp
    }

    private static let shortestWait = Duration.milliseconds(100)
    private static let longestWait = Duration.seconds(1)

    private let pacing: (patience: Duration, longest: Duration)
    private let began: Duration
    private var lastSeen: Duration
    private var looks = 0
    private var failures = 0

    init(patience: Duration, longest: Duration, now: Duration) {
        pacing = (patience, longest)
        (began, lastSeen) = (now, now)
    }

    /// What to do after a look that ended at `now`.
    mutating func step(after attempt: Attempt, now: Duration) -> Step {
        switch attempt {
        case .reply(200...299, _), .reply(400, _), .reply(401...403, _), .reply(422, _): return .take
        case .reply(404, _), .reply(410, _): return .forgotten
        case .reply(408, _): return waiting(now)
        case .fault(.timedOut): return waiting(now, isSeen: false)
        case .reply(_, let retryAfter): return failed(retryAfter, now)
        case .fault(.tooLong): return .giveUp
        case .fault: return failed(nil, now)
        }
    }

    /// What to do after a reply that says that the request still waits.
    ///
    /// - Parameter isSeen: Whether the service has answered at all.
    mutating func waiting(_ now: Duration, isSeen: Bool = true) -> Step {
        if isSeen { (lastSeen, failures) = (now, 0) }
        var wait = Self.shortestWait
        for _ in 0..<min(looks, 8) { wait = min(wait * 3 / 2, Self.longestWait) }
        looks += 1
        return now + wait - began <= pacing.longest ? .again(after: wait) : .timedOut
    }

    private mutating func failed(_ asked: Duration?, _ now: Duration) -> Step {
        let wait = asked ?? min(Duration.milliseconds(500) * (1 << min(failures, 6)), .seconds(30))
        failures += 1
        return now + wait - lastSeen <= pacing.patience ? .again(after: wait) : .giveUp
    }
}
