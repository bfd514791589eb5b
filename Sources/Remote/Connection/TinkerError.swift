/// Why a training service could not be used, or may not be used any further.
///
/// Each says where, what, and what to do. After `isUncertain` errors the model on the service may or may not have learned: nothing but
/// `restore` of a saved state makes it usable again.
public enum TinkerError: Error, Hashable, Sendable {
    /// Nothing answers.
    case unreachable(url: String, reason: String)
    /// No answer came in time.
    case timedOut(url: String, after: Duration)
    /// The service refuses.
    case refused(url: String, status: Int, said: String)
    /// The answer is not what the API says; `field` names the place in it.
    case unreadable(url: String, field: String, reason: String)
    /// The service does not know the result of a request any more, or the session.
    case forgotten(url: String, what: String)
    /// The service took the request and could not do it.
    case failed(url: String, said: String)
    /// A request that changes the model may or may not have been done, and repeating it could do it twice.
    case uncertain(url: String, reason: String)
    /// An answer holds a number that is not finite.
    case notFinite(url: String, field: String)
    /// The service answers for other weights or other sequences than were asked about.
    case inconsistent(url: String, reason: String)
    /// The sampler does not serve the weights that were pushed.
    case staleSampler(url: String, difference: Double, allowed: Double)
    /// Sampler and trainer disagree by more than the user allows.
    case mismatch(url: String, reading: MismatchReading, limits: MismatchLimits)
    /// The service does not do what a setting asks, or cannot be proved to.
    case unsupported(url: String, what: String, remedy: String)
    /// A key would be sent over a connection that others can read.
    case keyInClear(url: String)
    /// The policy was left in a state that is not known, or was closed.
    case unusable(reason: String)
    /// A request that no service can serve.
    case request(String)

    /// Whether the service has understood a request and does not do such.
    var isAboutRequest: Bool {
        switch self {
        case .failed, .refused(_, 400, _), .refused(_, 422, _): true
        default: false
        }
    }

    /// Whether the model on the service may differ from what is known of it.
    var isUncertain: Bool {
        switch self {
        case .uncertain, .inconsistent, .staleSampler: true
        default: false
        }
    }
}
