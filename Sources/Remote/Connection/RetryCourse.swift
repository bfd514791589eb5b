/// What one attempt at a request came to.
enum Attempt: Sendable, Hashable {
    case reply(status: Int, retryAfter: Duration?)
    case fault(TransportFault)
}

/// Decides after each attempt whether a request is made again: a pure value, so that it is tested without time.
///
/// A request that must not be done twice is made again only where the service cannot have taken the first: it was not reached, or it
/// said 429 or 425. The waits double from half a second up to half a minute; what the service asks for in Retry-After goes first.
struct RetryCourse: Sendable {
    /// What to do next.
    enum Step: Sendable, Hashable {
        /// Take the reply: a success, or a refusal that stays one.
        case take
        /// Make the request again.
        case again(after: Duration)
        /// The service may have taken it; it must not be made again.
        case uncertain
        /// It has been tried long enough.
        case giveUp
    }

    private static let firstWait = Duration.milliseconds(500)
    private static let longestWait = Duration.seconds(30)

    /// Whether the request may be done twice.
    let isRepeatable: Bool
    /// How long to go on without a success.
    let patience: Duration
    private let began: Duration
    private var failures = 0

    /// - Parameter now: When the first attempt begins.
    init(isRepeatable: Bool, patience: Duration, now: Duration) {
        (self.isRepeatable, self.patience, began) = (isRepeatable, patience, now)
    }

    /// What to do after an attempt that ended at `now`.
    mutating func step(after attempt: Attempt, now: Duration) -> Step {
        switch attempt {
        case .reply(let status, let retryAfter):
            switch status {
            case 425, 429: return again(retryAfter, now)
            case 408, 500...599: return isRepeatable ? again(retryAfter, now) : .uncertain
            default: return .take
            }
        case .fault(let fault):
            switch fault {
            case .notSent: return again(nil, now)
            case .cut, .timedOut: return isRepeatable ? again(nil, now) : .uncertain
            case .tooLong: return isRepeatable ? .giveUp : .uncertain
            }
        }
    }

    private mutating func again(_ asked: Duration?, _ now: Duration) -> Step {
        let doubled = Self.firstWait * (1 << min(failures, 10))
        failures += 1
        let wait = asked ?? min(doubled, Self.longestWait)
        return now + wait - began <= patience ? .again(after: wait) : .giveUp
    }
}
