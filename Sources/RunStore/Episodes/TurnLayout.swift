import Autodidact

/// How the turns of an episode share its token and logprob arrays: three numbers a turn (flags, tokens, logprobs or −1 for none).
enum TurnLayout {
    private static let byPolicy: Int32 = 1
    private static let trainable: Int32 = 2

    static func numbers(_ turns: [Turn]) -> [Int32] {
        turns.flatMap { turn in
            [
                (turn.role == .policy ? byPolicy : 0) | (turn.isTrainable ? trainable : 0), Int32(turn.tokens.count),
                turn.logprobs.map { Int32($0.count) } ?? -1,
            ]
        }
    }

    /// The turns, or nil where the arrays do not add up.
    static func turns(_ numbers: [Int32], tokens: [TokenID], logprobs: [Float]) -> [Turn]? {
        guard numbers.count.isMultiple(of: 3) else { return nil }
        var turns: [Turn] = []
        var token = 0
        var logprob = 0
        for i in stride(from: 0, to: numbers.count, by: 3) {
            let (flags, tokenCount, logprobCount) = (numbers[i], Int(numbers[i + 1]), Int(numbers[i + 2]))
            guard tokenCount >= 0, tokenCount <= tokens.count - token, logprobCount >= -1, logprobCount <= logprobs.count - logprob else {
                return nil
            }
            let recorded = logprobCount < 0 ? nil : Logprobs<FullVocabulary>(Array(logprobs[logprob..<logprob + logprobCount]))
            turns.append(
                Turn(
                    role: flags & byPolicy == 0 ? .environment : .policy, tokens: Array(tokens[token..<token + tokenCount]),
                    logprobs: recorded, isTrainable: flags & trainable != 0
                ))
            token += tokenCount
            logprob += max(0, logprobCount)
        }
        return token == tokens.count && logprob == logprobs.count ? turns : nil
    }
}
