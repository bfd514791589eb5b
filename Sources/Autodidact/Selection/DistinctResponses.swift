public import Randomness

/// What was sampled in answer to a question: an episode, judged or not.
public protocol SampledResponse: Sendable {
    /// The policy's last turn as text.
    var response: String { get }
    /// Why the last turn ended.
    var stopReason: StopReason { get }
    /// Where it came from.
    var origin: EpisodeOrigin { get }
}

extension Episode: SampledResponse {}
extension Attempt: SampledResponse {}

extension StopReason {
    /// Whether a response that ended for this reason says something and was not cut off.
    fileprivate func isComplete(_ response: String) -> Bool { !response.withoutOuterSpace.isEmpty && self != .length }
}

extension Completion {
    /// Whether a completion that says this text says something and was not cut off.
    public func isComplete(as text: String) -> Bool { stopReason.isComplete(text) }
}

extension SampledResponse {
    /// The response without surrounding white space: equal texts count as one response.
    public var canonicalResponse: String { response.withoutOuterSpace }

    /// Whether it says something and was not cut off.
    public var isComplete: Bool { stopReason.isComplete(response) }

    /// The random number that decides a draw among responses, from where this one came from.
    func drawKey(_ key: SeedTree) -> UInt64 {
        key("episode", origin.member, Int(truncatingIfNeeded: origin.key)).key
    }
}

/// At most `count` of several responses to one question, no two with the same text, drawn at random by `key`.
///
/// The draw depends on the texts and where they came from, not on their order or number. Among token sequences that spell the same text
/// one is drawn.
public func selectDistinct<Response: SampledResponse>(from responses: [Response], count: Int, key: SeedTree) -> [Response] {
    var drawn: [String: (order: UInt64, response: Response)] = [:]
    for response in responses {
        let (text, order) = (response.canonicalResponse, response.drawKey(key))
        if let kept = drawn[text], kept.order <= order { continue }
        drawn[text] = (order, response)
    }
    return drawn.map { (order: key(named: $0.key).key, text: $0.key, response: $0.value.response) }
        .sorted { ($0.order, $0.text) < ($1.order, $1.text) }
        .prefix(count)
        .map(\.response)
}
