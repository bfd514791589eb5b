package import Autodidact
import Randomness

/// A small policy without tensors that really learns: a table of logits for each token after each token, with AdamW.
///
/// It starts out knowing the form of an answer to `LetterTask` (a small letter, then the end), but not which letter.
package actor ScriptedPolicy: TrainablePolicy {
    /// What is about to happen to the policy; a test may let time pass, fail or cancel there.
    package enum Call: String, Sendable, Hashable {
        case sample, logprobs, accumulate, step, snapshot, freeze, restore
    }

    /// What may go wrong.
    package enum Failure: Error, Hashable, Sendable {
        case unknownCharacter(Character)
        case unsupportedOptions(SamplingOptions)
        case foreignSnapshot
        case tooLong(Int, contextLength: Int)
    }

    package nonisolated let name: String
    package nonisolated let capabilities: Set<Capability>
    package nonisolated let contextLength: Int
    /// Whether characters that it does not know are read as some that it knows, so that it can be asked anything.
    private nonisolated let readsAnyText: Bool
    private nonisolated let onCall: @Sendable (Call) throws -> Void
    private var table: BigramTable
    private var optimizer: AdamW
    private var gradient: [Float]

    /// A policy at its base state.
    package init(
        name: String = "scripted", capabilities: Set<Capability> = Set(Capability.allCases), contextLength: Int = 64,
        readsAnyText: Bool = false, onCall: @escaping @Sendable (Call) throws -> Void = { _ in }
    ) {
        self.init(
            name: name, capabilities: capabilities, contextLength: contextLength, table: BigramTable(), readsAnyText: readsAnyText,
            onCall: onCall)
    }

    private init(
        name: String, capabilities: Set<Capability>, contextLength: Int, table: BigramTable, readsAnyText: Bool,
        onCall: @escaping @Sendable (Call) throws -> Void
    ) {
        self.name = name
        self.capabilities = capabilities
        self.contextLength = contextLength
        self.table = table
        self.readsAnyText = readsAnyText
        self.onCall = onCall
        optimizer = AdamW(count: table.logits.count)
        gradient = Array(repeating: 0, count: table.logits.count)
    }

    package nonisolated func encode(_ text: String) throws -> [TokenID] {
        try text.map { character in
            if let token = BigramTable.characters.firstIndex(of: character) { return TokenID(token) }
            guard readsAnyText, let scalar = character.unicodeScalars.first else { throw Failure.unknownCharacter(character) }
            return TokenID(Int(scalar.value) % BigramTable.characters.count)
        }
    }

    package nonisolated var endOfTurn: TokenID? { BigramTable.end }

    package nonisolated func decode(_ tokens: [TokenID]) -> String {
        String(tokens.filter { $0 != BigramTable.end }.map { BigramTable.characters[Int($0)] })
    }

    package func sample(_ requests: [SamplingRequest], options: SamplingOptions) throws -> [[Completion]] {
        try onCall(.sample)
        guard options.topK == 0 && options.topP == 1 && options.stopStrings.isEmpty else { throw Failure.unsupportedOptions(options) }
        for request in requests { try check(request.prompt.count + 1) }
        return requests.map { request in
            let room = min(options.maximumTokens, contextLength - request.prompt.count)
            return (0..<request.count).map { member in
                var generator = request.key("sample", member).generator
                return table.completion(of: request.prompt, temperature: options.temperature, room: room, using: &generator)
            }
        }
    }

    package func logprobs(of sequences: [ScoredSequence]) throws -> [Logprobs<FullVocabulary>] {
        try onCall(.logprobs)
        for sequence in sequences { try check(sequence.context.count + sequence.targets.count) }
        return sequences.map { table.logprobs(of: $0.targets, after: $0.context) }
    }

    /// Refuses what the context does not hold, as every backend does.
    private func check(_ tokens: Int) throws {
        if tokens > contextLength { throw Failure.tooLong(tokens, contextLength: contextLength) }
    }

    package func accumulateGradients(_ batch: TrainingBatch, objective: any Objective) throws -> ObjectiveReport {
        try onCall(.accumulate)
        for sequence in batch.sequences { try check(sequence.context.count + sequence.targets.count) }
        let logprobs = batch.sequences.map { table.logprobs(of: $0.targets, after: $0.context) }
        let value = objective.evaluate(batch, policy: logprobs)
        for (sequence, slopes) in zip(batch.sequences, value.slopes) {
            table.addGradient(to: &gradient, of: sequence.targets, after: sequence.context, slopes: slopes)
        }
        return ObjectiveReport(loss: value.loss, metrics: value.metrics, tokens: batch.tokens)
    }

    package func optimizerStep(_ parameters: OptimizerParameters) throws -> OptimizerReport {
        try onCall(.step)
        defer { gradient = Array(repeating: 0, count: gradient.count) }
        return optimizer.step(on: &table.logits, gradient: gradient, parameters)
    }

    package func snapshot() throws -> PolicySnapshot {
        try onCall(.snapshot)
        return PolicySnapshot(weights: table.logits.littleEndianBytes, optimizer: optimizer.bytes)
    }

    package func frozen() throws -> any Policy {
        try onCall(.freeze)
        return ScriptedPolicy(
            name: name, capabilities: [.logprobs], contextLength: contextLength, table: table, readsAnyText: readsAnyText,
            onCall: onCall)
    }

    package func copy() throws -> any TrainablePolicy {
        try onCall(.freeze)
        return ScriptedPolicy(
            name: name, capabilities: capabilities, contextLength: contextLength, table: table, readsAnyText: readsAnyText,
            onCall: onCall)
    }

    /// A copy that can be asked anything.
    package func readingAnyText() -> ScriptedPolicy {
        ScriptedPolicy(
            name: name, capabilities: capabilities, contextLength: contextLength, table: table, readsAnyText: true, onCall: onCall)
    }

    package func restore(_ snapshot: PolicySnapshot) throws {
        try onCall(.restore)
        guard
            let logits = [Float](littleEndianBytes: snapshot.weights[...]), logits.count == table.logits.count,
            let state = AdamW(bytes: snapshot.optimizer, count: logits.count)
        else { throw Failure.foreignSnapshot }
        table.logits = logits
        optimizer = state
        gradient = Array(repeating: 0, count: gradient.count)
    }
}
