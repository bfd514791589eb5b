import CKernels

/// A token and its logprob, nats.
public struct RankedToken: Sendable, Hashable {
    /// Its index.
    public let token: Int32
    /// Full vocabulary, temperature 1.
    public let logprob: Float

    /// A token with its logprob.
    public init(token: Int32, logprob: Float) {
        self.token = token
        self.logprob = logprob
    }
}

extension Tensor {
    /// The logprob of `token` at row `row` of logits [T, V], nats: bit for bit the one with which it would be drawn there.
    package func logprob(row: Int, of token: Int32) -> Float {
        precondition((0..<rows).contains(row) && (0..<width).contains(Int(token)), "token \(token) at row \(row) of logits \(shape)")
        let logits = unsafe base + row * width
        return unsafe logits[Int(token)] - ck_logsumexp(logits, width, 1)
    }

    /// The most probable tokens at row `row` of logits [T, V], at most `count`, the most probable first.
    ///
    /// Of equal ones the lower index comes first.
    package func mostProbable(_ count: Int, row: Int) -> [RankedToken] {
        precondition((0..<rows).contains(row), "row \(row) of logits \(shape)")
        let V = width
        let count = min(count, V)
        guard count > 0 else { return [] }
        let logits = unsafe base + row * V
        var best: [(token: Int, logit: Float)] = []
        for token in 0..<V {
            let logit = unsafe logits[token]
            if best.count == count {
                guard logit > best[count - 1].logit else { continue }
                best.removeLast()
            }
            var place = best.count
            while place > 0 && best[place - 1].logit < logit { place -= 1 }
            best.insert((token, logit), at: place)
        }
        let total = unsafe ck_logsumexp(logits, V, 1)
        return best.map { RankedToken(token: Int32($0.token), logprob: $0.logit - total) }
    }
}
