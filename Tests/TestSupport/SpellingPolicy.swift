package import Autodidact
import Foundation
import Randomness

/// A policy for `SpellingTask` that knows the form of an answer, and can learn letters as well as to judge answers and their beginnings.
///
/// Letters: a logit for each small letter after each capital. Judging: the logit of yes against no is a sum over the letters that were
/// written, each for its capital, and a bias for how many there are. All other tokens are certain. A token is a character, 0 the end.
package actor SpellingPolicy: TrainablePolicy {
    package nonisolated let name = "spelling"
    package nonisolated let capabilities = Set(Capability.allCases)
    package nonisolated let contextLength: Int
    private static let certain: Float = 0
    private static let impossible: Float = -30
    private static let question = "Answer yes or no."
    private static let letters = SpellingTask.small.count
    private static let judgement = letters * letters
    private static let bias = 2 * letters * letters

    private var weights: [Float]
    private var optimizer: AdamW
    private var gradient: [Float]

    /// A policy that writes the right letter about every second time, and thinks nothing of answers.
    package init(skill: Float = 1.3, contextLength: Int = 512) {
        var weights = [Float](repeating: 0, count: Self.bias + SpellingTask.length + 1)
        for letter in 0..<Self.letters { weights[letter * Self.letters + letter] = skill }
        self.init(weights: weights, contextLength: contextLength)
    }

    private init(weights: [Float], contextLength: Int) {
        self.weights = weights
        self.contextLength = contextLength
        optimizer = AdamW(count: weights.count)
        gradient = Array(repeating: 0, count: weights.count)
    }

    package nonisolated func encode(_ text: String) throws -> [TokenID] { text.unicodeScalars.map { TokenID($0.value) } }

    package nonisolated func decode(_ tokens: [TokenID]) -> String {
        tokens.reduce(into: "") { text, token in
            if token > 0, let scalar = UnicodeScalar(UInt32(token)) { text.unicodeScalars.append(scalar) }
        }
    }

    package func sample(_ requests: [SamplingRequest], options: SamplingOptions) throws -> [[Completion]] {
        requests.map { request in
            (0..<request.count).map { member in
                var generator = request.key("sample", member).generator
                return completion(of: request.prompt, options: options, using: &generator)
            }
        }
    }

    private func completion(of prompt: [TokenID], options: SamplingOptions, using generator: inout KeyedGenerator) -> Completion {
        var tokens: [TokenID] = []
        var logprobs: [Float] = []
        var reason = StopReason.length
        while tokens.count < min(options.maximumTokens, contextLength - prompt.count) {
            let choices = choices(after: prompt + tokens)
            let index = options.temperature == 0 ? choices.best : choices.drawn(generator.uniform())
            tokens.append(choices.tokens[index])
            logprobs.append(choices.logprobs[index])
            if tokens.last == 0 {
                reason = .endOfText
                break
            }
            let text = decode(tokens)
            if options.stopStrings.contains(where: { text.hasSuffix($0) }) {
                reason = .stopString
                break
            }
        }
        return Completion(tokens: tokens, logprobs: Logprobs(logprobs), drawnLogprobs: Logprobs(logprobs), stopReason: reason)
    }

    package func logprobs(of sequences: [ScoredSequence]) throws -> [Logprobs<FullVocabulary>] {
        try sequences.map { sequence in
            let tokens = sequence.context.count + sequence.targets.count
            if tokens > contextLength { throw ScriptedPolicy.Failure.tooLong(tokens, contextLength: contextLength) }
            return Logprobs(
                sequence.targets.indices.map { t in
                    let choices = choices(after: sequence.context + sequence.targets[..<t])
                    return choices.tokens.firstIndex(of: sequence.targets[t]).map { choices.logprobs[$0] } ?? Self.impossible
                })
        }
    }

    package func accumulateGradients(_ batch: TrainingBatch, objective: any Objective) throws -> ObjectiveReport {
        let value = objective.evaluate(
            batch, policy: try logprobs(of: batch.sequences.map { ScoredSequence($0) }))
        for (sequence, slopes) in zip(batch.sequences, value.slopes) {
            for (t, slope) in slopes.enumerated() where slope != 0 {
                let choices = choices(after: sequence.context + sequence.targets[..<t])
                for (choice, parameters) in choices.parameters.enumerated() {
                    let hit: Float = choices.tokens[choice] == sequence.targets[t] ? 1 : 0
                    for parameter in parameters { gradient[parameter] += slope * (hit - exp(choices.logprobs[choice])) }
                }
            }
        }
        return ObjectiveReport(loss: value.loss, metrics: value.metrics, tokens: batch.tokens)
    }

    package func optimizerStep(_ parameters: OptimizerParameters) -> OptimizerReport {
        defer { gradient = Array(repeating: 0, count: gradient.count) }
        return optimizer.step(on: &weights, gradient: gradient, parameters)
    }

    package func snapshot() throws -> PolicySnapshot {
        PolicySnapshot(weights: weights.littleEndianBytes, optimizer: optimizer.bytes)
    }

    package func frozen() -> any Policy { SpellingPolicy(weights: weights, contextLength: contextLength) }

    package func copy() -> any TrainablePolicy { SpellingPolicy(weights: weights, contextLength: contextLength) }

    package func restore(_ snapshot: PolicySnapshot) throws {
        guard
            let known = [Float](littleEndianBytes: snapshot.weights[...]), known.count == weights.count,
            let state = AdamW(bytes: snapshot.optimizer, count: known.count)
        else { throw ScriptedPolicy.Failure.foreignSnapshot }
        (weights, optimizer) = (known, state)
        gradient = Array(repeating: 0, count: gradient.count)
    }

    /// The tokens that may come next, and the parameters whose sum is each one's logit.
    private struct Choices {
        var tokens: [TokenID]
        var parameters: [[Int]] = []
        var logprobs: [Float]

        init(certain token: TokenID) {
            (tokens, logprobs) = ([token], [SpellingPolicy.certain])
        }

        init(_ options: [(token: Character, parameters: [Int])], weights: [Float]) {
            tokens = options.map { TokenID($0.token.unicodeScalars.first?.value ?? 0) }
            parameters = options.map(\.parameters)
            let logits = parameters.map { $0.reduce(Float(0)) { $0 + weights[$1] } }
            let sum = log(logits.reduce(0) { $0 + exp($1) })
            logprobs = logits.map { $0 - sum }
        }

        var best: Int { logprobs.indices.reduce(0) { logprobs[$1] > logprobs[$0] ? $1 : $0 } }

        func drawn(_ uniform: Double) -> Int {
            var sum = 0.0
            for (index, logprob) in logprobs.enumerated() {
                sum += exp(Double(logprob))
                if uniform < sum { return index }
            }
            return logprobs.count - 1
        }
    }

    private func choices(after context: [TokenID]) -> Choices {
        let text = decode(context)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let capitals = lines[0].compactMap { SpellingTask.capitals.firstIndex(of: $0) }
        let written = lines.dropFirst().prefix { $0.count == 1 }.compactMap { SpellingTask.small.firstIndex(of: $0[$0.startIndex]) }
        if let asked = lines.lastIndex(where: { $0.hasSuffix(Self.question) }) {
            let said = lines[asked + 1]
            if !said.isEmpty { return Choices(certain: Self.next(of: String(said))) }
            let judged = zip(capitals, written).map { Self.judgement + $0 * Self.letters + $1 } + [Self.bias + written.count]
            return Choices([("y", judged), ("n", [])], weights: weights)
        }
        let isInLine = lines.last.map { !$0.isEmpty } ?? false
        if isInLine { return Choices(certain: written.count == capitals.count ? 0 : 10) }
        let capital = capitals[min(written.count, capitals.count - 1)]
        return Choices(
            SpellingTask.small.enumerated().map { ($1, [capital * Self.letters + $0]) }, weights: weights)
    }

    /// The letter after a beginning of yes or no; the end after the whole.
    private static func next(of said: String) -> TokenID {
        for label in ["yes", "no"] where label.hasPrefix(said) {
            return TokenID(label.dropFirst(said.count).unicodeScalars.first?.value ?? 0)
        }
        return 0
    }
}
