/// The logprobs of given tokens, read from a text that came back with those of the endpoint's own tokens.
///
/// A logprob goes to the given token in which the endpoint's begins, so that the sum over a text is right however the two are cut. Where
/// one of the endpoint's reaches over the border between context and targets, there is no such number.
struct EchoReading: Sendable {
    enum Fault: Error, Sendable, Hashable {
        /// The tokens that came back are not the text.
        case otherText
        /// A token is partly of the context, partly of the targets.
        case border
        /// A logprob is missing or not finite.
        case noNumber
    }

    /// Nats, one for each target; 0 for those within a token that began before.
    let result: Result<[Float], Fault>

    /// Asks for a text with its logprobs.
    static func request(for text: String, model: String, sampled: Int) -> EndpointRequest {
        var request = EndpointRequest(model: model, prompt: .text(text), maximumTokens: sampled, seed: 1)
        (request.wantsLogprobs, request.echo) = (true, true)
        return request
    }

    /// - Parameters:
    ///   - tokens: As the endpoint told them; what was sampled beside may follow the text, a mark of its beginning may stand before it.
    ///   - context: The bytes before the first target.
    ///   - targets: The bytes of each.
    init(of tokens: [EndpointToken], context: [UInt8], targets: [[UInt8]]) {
        result = Result { () throws(Fault) in try Self.logprobs(of: tokens, context: context, targets: targets) }
    }

    private static func logprobs(
        of tokens: [EndpointToken], context: [UInt8], targets: [[UInt8]]
    ) throws(Fault) -> [Float] {
        let text = context + targets.joined()
        func spells(_ tokens: some Sequence<EndpointToken>) -> Bool { tokens.flatMap(\.bytes).starts(with: text) }
        var told = tokens[...]
        if !spells(told), told.first?.logprob == nil { told = told.dropFirst() }
        guard spells(told) else { throw .otherText }
        var logprobs = [Float](repeating: 0, count: targets.count)
        // Where each target ends.
        var (place, target, end) = (0, 0, context.count + (targets.first?.count ?? 0))
        for token in told where place < text.count {
            let next = place + token.bytes.count
            if place < context.count {
                guard next <= context.count else { throw .border }
            } else {
                while place >= end && target + 1 < targets.count {
                    target += 1
                    end += targets[target].count
                }
                guard let logprob = token.logprob, logprob.isFinite else { throw .noNumber }
                logprobs[target] += logprob
            }
            place = next
        }
        return logprobs
    }
}
