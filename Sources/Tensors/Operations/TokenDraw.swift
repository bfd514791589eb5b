import CKernels
import Randomness

/// How a token is drawn from logits.
public struct DrawRule: Sendable, Hashable {
    /// Divides the logits; 0 takes the most probable token.
    public let temperature: Float
    /// Keeps this many most probable tokens; 0 keeps all.
    public let topK: Int
    /// Keeps the fewest most probable tokens whose probabilities reach this sum; 1 keeps all.
    public let topP: Float

    /// A rule; temperature at least 0, top-k at least 0, top-p in (0, 1].
    public init(temperature: Float, topK: Int, topP: Float) {
        precondition(temperature >= 0 && topK >= 0 && topP > 0 && topP <= 1, "draw rule \(temperature), \(topK), \(topP)")
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
    }
}

/// A drawn token with its logprob under the model's own distribution and under the one it was drawn from, in nats.
package struct DrawnToken {
    /// Its index.
    package let token: Int32
    /// Full vocabulary, temperature 1.
    package let logprob: Float
    /// After temperature and truncation; 0 where the choice was greedy.
    package let drawnLogprob: Float
}

extension Tensor {
    /// Draws from row `row` of logits [T, V] with the uniform number at `counter` of the stream `key`.
    package func draw(row: Int, rule: DrawRule, key: UInt64, counter: Int, pool: BufferPool) -> DrawnToken {
        let V = width
        let logits = unsafe base + row * V
        let total = unsafe ck_logsumexp(logits, V, 1)
        guard rule.temperature > 0 else {
            let token = unsafe ck_argmax(logits, V)
            return unsafe DrawnToken(token: Int32(token), logprob: logits[token] - total, drawnLogprob: 0)
        }
        let inverse = 1 / rule.temperature
        let probabilities = pool.storage(V)
        let temperedTotal = unsafe ck_softmax(logits, V, inverse, probabilities.base)
        let u = Philox.uniform(key: key, counter: UInt64(counter))
        var kept: Float = 1
        if rule.topK > 0 || rule.topP < 1 { kept = Self.truncate(probabilities, rule) }
        let token = unsafe ck_draw(probabilities.base, V, u)
        // At temperature 1 without truncation both logprobs are the same number, bit for bit.
        let drawn = unsafe rule.temperature == 1 ? logits[token] - total : logits[token] * inverse - temperedTotal
        withExtendedLifetime(probabilities) {}
        return unsafe DrawnToken(
            token: Int32(token), logprob: logits[token] - total, drawnLogprob: kept == 1 ? drawn : drawn - Float.logarithm(kept))
    }

    /// Sets the probabilities outside top-k and top-p to zero; returns the sum of the rest.
    ///
    /// Ties keep the lower index.
    private static func truncate(_ probabilities: Storage, _ rule: DrawRule) -> Float {
        let values = probabilities.floats
        var order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
        if rule.topK > 0 { order = Array(order.prefix(rule.topK)) }
        if rule.topP < 1 {
            let mass = order.reduce(into: 0.0) { $0 += Double(values[$1]) }
            var sum = 0.0
            var count = 0
            while count < order.count && (count == 0 || sum < Double(rule.topP) * mass) {
                sum += Double(values[order[count]])
                count += 1
            }
            order = Array(order.prefix(count))
        }
        probabilities.fill(0)
        var kept = 0.0
        for index in order {
            probabilities.write([values[index]], at: index)
            kept += Double(values[index])
        }
        return Float(kept)
    }
}
