import Autodidact
import Foundation

/// A sample as it came, with what the trainer says of it.
struct Draw: Sendable, Hashable {
    let tokens: [TokenID]
    /// As the sampler said them, nats.
    let reported: [Float]
    let stopReason: StopReason
    /// As the trainer says, nats; nil where it was not asked.
    var trainer: [Float]?

    /// As the domain takes it.
    ///
    /// - Parameters:
    ///   - isOwn: Whether the sampler said the logprobs of the full vocabulary at temperature 1; else the trainer's are taken.
    ///   - truncation: The largest ratio trainer ÷ sampler that is left standing; nil leaves all.
    func completion(_ options: SamplingOptions, isOwn: Bool, truncation: Float?) -> Completion {
        var logprobs = isOwn ? reported : trainer ?? reported
        if let truncation, isOwn, let trainer {
            let allowed = log(truncation)
            logprobs = zip(reported, trainer).map { max($0, $1 - allowed) }
        }
        let drawn = options.isPlain ? logprobs : options.temperature == 0 ? tokens.map { _ in 0 } : isOwn ? [] : reported
        return Completion(tokens: tokens, logprobs: Logprobs(logprobs), drawnLogprobs: Logprobs(drawn), stopReason: stopReason)
    }
}

/// Which completions of a call the trainer is asked about.
struct SamplerCheck: Sendable, Hashable {
    /// Whether the sampler says logprobs of the model's own distribution.
    let isOwn: Bool
    private let isCompared: Bool
    private let isTruncating: Bool

    init(isOwn: Bool, served: ServedWeights, limits: MismatchLimits) {
        (self.isOwn, isCompared, isTruncating) = (isOwn, served.isCompared, served.isTruncating)
    }

    /// All where the sampler's are of another kind or have to be moved; some where the weights are new; else none.
    func scored(of count: Int, atMost most: Int) -> Range<Int> {
        if !isOwn || isTruncating { return 0..<count }
        return 0..<(isCompared ? 0 : min(count, most))
    }
}

extension SamplingOptions {
    /// Whether draws are from the model's own distribution.
    var isPlain: Bool { temperature == 1 && topK == 0 && topP == 1 }
}
