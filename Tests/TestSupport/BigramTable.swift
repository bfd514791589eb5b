package import Autodidact
import Foundation
package import Randomness

/// The distribution of a token given the one before it, as a table of logits.
package struct BigramTable: Sendable {
    package static let characters = LetterTask.digits + LetterTask.capitals + LetterTask.small
    package static let end = TokenID(characters.count)
    private static let width = characters.count + 1

    /// [V × V], row by row: the row of the token before.
    package var logits: [Float]

    /// Small letters follow capitals, the end follows small letters; nothing else is known.
    package init() {
        logits = Array(repeating: 0, count: Self.width * Self.width)
        let small = LetterTask.small.count
        let firstSmall = Self.characters.count - small
        for capital in (firstSmall - LetterTask.capitals.count)..<firstSmall {
            for letter in firstSmall..<(firstSmall + small) { logits[capital * Self.width + letter] = 4 }
        }
        for letter in firstSmall..<(firstSmall + small) { logits[letter * Self.width + Int(Self.end)] = 5 }
    }

    package func completion(
        of prompt: [TokenID], temperature: Float, room: Int, using generator: inout KeyedGenerator
    ) -> Completion {
        var tokens: [TokenID] = []
        var logprobs: [Float] = []
        var drawn: [Float] = []
        var last = prompt.last ?? Self.end
        while tokens.count < room {
            let own = row(after: last, temperature: 1)
            var token = own.indices.reduce(0) { own[$1] > own[$0] ? $1 : $0 }
            if temperature > 0 {
                let distribution = row(after: last, temperature: temperature)
                token = Self.index(of: generator.uniform(), in: distribution)
                drawn.append(distribution[token])
            } else {
                drawn.append(0)
            }
            last = TokenID(token)
            tokens.append(last)
            logprobs.append(own[token])
            if last == Self.end { break }
        }
        return Completion(
            tokens: tokens, logprobs: Logprobs(logprobs), drawnLogprobs: Logprobs(drawn),
            stopReason: last == Self.end && !tokens.isEmpty ? .endOfText : .length
        )
    }

    package func logprobs(of targets: [TokenID], after context: [TokenID]) -> Logprobs<FullVocabulary> {
        Logprobs(zip(Self.previous(targets, after: context), targets).map { row(after: $0, temperature: 1)[Int($1)] })
    }

    /// Adds slope × d logprob / d logits, which is slope × (one-hot − probabilities), for each target.
    package func addGradient(to gradient: inout [Float], of targets: [TokenID], after context: [TokenID], slopes: [Float]) {
        for ((last, target), slope) in zip(zip(Self.previous(targets, after: context), targets), slopes) where slope != 0 {
            for (token, logprob) in row(after: last, temperature: 1).enumerated() {
                gradient[Int(last) * Self.width + token] += slope * ((token == Int(target) ? 1 : 0) - exp(logprob))
            }
        }
    }

    private func row(after token: TokenID, temperature: Float) -> [Float] {
        let scaled = logits[(Int(token) * Self.width)..<((Int(token) + 1) * Self.width)].map { $0 / temperature }
        let largest = scaled.reduce(-.infinity, max)
        let normalizer = largest + log(scaled.reduce(0) { $0 + exp($1 - largest) })
        return scaled.map { $0 - normalizer }
    }

    private static func index(of uniform: Double, in logprobs: [Float]) -> Int {
        var sum = 0.0
        for (token, logprob) in logprobs.enumerated() {
            sum += exp(Double(logprob))
            if uniform < sum { return token }
        }
        return logprobs.count - 1
    }

    private static func previous(_ targets: [TokenID], after context: [TokenID]) -> [TokenID] {
        [context.last ?? end] + targets.dropLast()
    }
}
