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

extension SampledResponse {
    /// The response without surrounding white space: equal texts count as one response.
    public var canonicalResponse: String { response.withoutOuterSpace }

    /// Whether it says something and was not cut off.
    public var isComplete: Bool { !canonicalResponse.isEmpty && stopReason != .length }

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
