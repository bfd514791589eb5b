import Foundation
import Randomness

/// A language model of four letters, whose next depends on the last alone; a fifth outcome is the end.
struct FakeLetters: Sendable {
    /// Whether it never ends.
    var isEndless = false

    static let letters = Array("abcd".utf8)
    private static let end = letters.count

    /// Drawn letters with the logprobs of the distribution at temperature 1, that of the end included where it came.
    struct Draw: Sendable {
        var letters: [UInt8] = []
        var logprobs: [Float] = []
        var end: Float?
    }

    /// Nats, of each letter and of the end, after a byte.
    func logprobs(after byte: UInt8) -> [Float] {
        let logits = (0...Self.end).map { outcome in
            outcome == Self.end ? (isEndless ? -.infinity : -2) : Float((Int(byte) * 7 + outcome * 3) % 5) * 0.6
        }
        let sum = log(logits.reduce(0) { $0 + exp($1) })
        return logits.map { $0 - sum }
    }

    func draw(after text: [UInt8], most: Int, temperature: Float, seed: Int, member: Int) -> Draw {
        var generator = SeedTree(root: UInt64(seed))("member", member).generator
        var draw = Draw()
        while draw.letters.count < most {
            let logprobs = logprobs(after: draw.letters.last ?? text.last ?? 0)
            let outcome = temperature == 0 ? Self.best(logprobs) : Self.pick(logprobs.map { exp($0 / temperature) }, using: &generator)
            if outcome == Self.end {
                draw.end = logprobs[Self.end]
                break
            }
            draw.letters.append(Self.letters[outcome])
            draw.logprobs.append(logprobs[outcome])
        }
        return draw
    }

    private static func best(_ values: [Float]) -> Int { values.indices.max { values[$0] < values[$1] } ?? 0 }

    private static func pick(_ weights: [Float], using generator: inout KeyedGenerator) -> Int {
        var rest = Float.random(in: 0..<1, using: &generator) * weights.reduce(0, +)
        for (outcome, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return outcome }
        }
        return weights.count - 1
    }
}
