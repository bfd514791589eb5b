public import Autodidact
import Foundation
public import LanguageModel
import Randomness
public import Tensors

/// The embedded CPU engine as a policy: no server, starts in a second.
///
/// Computation runs on the actor and on as many more threads as `cores` says; calls are served one after another.
public actor EmbeddedPolicy: TrainablePolicy, EarlyExitPolicy {
    /// How it was opened.
    public nonisolated let name: String
    /// The model: configuration, tokenizer, weights.
    public nonisolated let model: ModelDirectory
    /// How the model is asked.
    public nonisolated let conversation: ConversationEncoder
    /// What learns, the model's weights staying as they are; nil where they learn.
    public nonisolated let adapter: LowRankAdapter?
    private let cores: Cores
    private let trainer: Trainer
    private let sampler: Sampler
    private let form: SnapshotForm

    /// A policy over a model that was opened or made, or over an adapter of it; without a conversation it is asked in plain text.
    ///
    /// Any number of policies with adapters may share a model; its weights must then not be changed by anyone.
    public init(
        _ model: ModelDirectory, name: String, conversation: ConversationEncoder? = nil, adapter: LowRankAdapter? = nil, cores: Cores = .all
    ) {
        self.init(
            model, name: name, conversation: conversation ?? ConversationEncoder(plain: model.tokenizer), adapter: adapter,
            form: SnapshotForm(model.transformer, adapter), cores: cores)
    }

    private init(
        _ model: ModelDirectory, name: String, conversation: ConversationEncoder, adapter: LowRankAdapter?, form: SnapshotForm, cores: Cores
    ) {
        self.conversation = conversation
        self.name = name
        self.model = model
        self.adapter = adapter
        self.form = form
        self.cores = cores
        trainer = Trainer(model.transformer, adapter: adapter, cores: cores)
        sampler = Sampler(model.transformer, adapter: adapter, cores: cores)
    }

    /// The bytes of activations that an optimiser step over so many tokens holds at once, where its objective is separable.
    public nonisolated func activationBytes(ofStepOver tokens: Int) -> Int { trainer.activationBytes(ofStepOver: tokens) }

    /// The bytes of a snapshot: what learns, with two moments of each parameter.
    public nonisolated var snapshotBytes: Int { 3 * trainer.parameters.count * MemoryLayout<Float>.size }

    /// Everything.
    public nonisolated var capabilities: Set<Capability> { Set(Capability.allCases) }

    /// The model's positions.
    public nonisolated var contextLength: Int { model.transformer.architecture.contextLength }

    /// The tokens of a text; special tokens written in it are ordinary text.
    public nonisolated func encode(_ text: String) -> [TokenID] { model.tokenizer.encode(text) }

    /// The user's turn that says the text, and the opening of the assistant's, in the model's conversation format.
    public nonisolated func prompt(for text: String) -> [TokenID] {
        conversation.tokens(of: [Message(.user, text)], opensReply: true)
    }

    /// The user's next turn after one of the assistant's, and the opening of the assistant's next, in the model's conversation format.
    public nonisolated func followUp(to text: String, isClosed: Bool) -> [TokenID] {
        var dialogue = Dialogue(conversation)
        dialogue.openReply()
        let end = isClosed ? [conversation.endOfTurn].compactMap(\.self) : []
        let said = dialogue.tokens.count + end.count
        dialogue.reply(end)
        dialogue.add([Message(.user, text)])
        dialogue.openReply()
        return Array(dialogue.tokens[said...])
    }

    /// The text of tokens, without special tokens.
    public nonisolated func decode(_ tokens: [TokenID]) -> String { model.tokenizer.decode(tokens) }

    /// Continues each request's prompt; sample `i` draws from `key("sample", i)`.
    public func sample(_ requests: [SamplingRequest], options: SamplingOptions) throws(EmbeddedPolicyError) -> [[Completion]] {
        for request in requests where request.prompt.isEmpty || request.prompt.count >= contextLength {
            throw .promptLength(request.prompt.count, context: contextLength)
        }
        let continuations = requests.map { request in
            ContinuationRequest(prompt: request.prompt, keys: (0..<request.count).map { request.key("sample", $0).key })
        }
        let rule = DrawRule(temperature: options.temperature, topK: options.topK, topP: options.topP)
        let sampled = sampler.sample(
            continuations, rule: rule, maximumTokens: options.maximumTokens, stopTokens: stopTokens,
            stopTest: Self.stopTest(options.stopStrings, tokenizer: model.tokenizer))
        return sampled.map { group in
            group.map { sequence in
                Completion(
                    tokens: sequence.tokens, logprobs: Logprobs(sequence.logprobs), drawnLogprobs: Logprobs(sequence.drawnLogprobs),
                    stopReason: StopReason(sequence.end))
            }
        }
    }

    /// The end of a turn in the model's conversation format, else its first end-of-text token.
    public nonisolated var endOfTurn: TokenID? { conversation.endOfTurn ?? model.generation.eosTokenIDs.first }

    /// The tokens that end a response: those of the model's files, and the end of a turn.
    private var stopTokens: Set<TokenID> {
        conversation.endOfTurn.map { model.endOfTextTokens.union([$0]) } ?? model.endOfTextTokens
    }

    /// The logprob of each target after its context.
    public func logprobs(of sequences: [ScoredSequence]) throws(EmbeddedPolicyError) -> [Logprobs<FullVocabulary>] {
        let scoring = try sequences.map { (sequence) throws(EmbeddedPolicyError) in
            try scoringSequence(sequence.context, sequence.targets)
        }
        return trainer.logprobs(scoring).map { Logprobs($0) }
    }

    /// Adds the gradient of an objective over the whole batch.
    public func accumulateGradients(
        _ batch: TrainingBatch, objective: any Objective
    ) throws(EmbeddedPolicyError) -> ObjectiveReport {
        let scoring = try batch.sequences.map { (sequence) throws(EmbeddedPolicyError) in
            try scoringSequence(sequence.context, sequence.targets)
        }
        let value = objective.isSeparable ? accumulateApart(scoring, of: batch, objective) : accumulate(scoring, of: batch, objective)
        return ObjectiveReport(loss: value.loss, metrics: value.metrics, tokens: batch.tokens)
    }

    private func accumulate(_ scoring: [ScoringSequence], of batch: TrainingBatch, _ objective: any Objective) -> ObjectiveValue {
        var value = ObjectiveValue(loss: 0, slopes: [])
        trainer.accumulate(scoring) { logprobs in
            value = objective.evaluate(batch, policy: logprobs.map { Logprobs($0) })
            return value.slopes
        }
        return value
    }

    /// Memory for the whole batch's activations is not needed: what the others' logprobs are does not matter to a shard's slopes.
    private func accumulateApart(_ scoring: [ScoringSequence], of batch: TrainingBatch, _ objective: any Objective) -> ObjectiveValue {
        let unknown = scoring.map { Logprobs<FullVocabulary>([Float](repeating: 0, count: $0.targets.count)) }
        let logprobs = trainer.accumulateApart(scoring) { places, known in
            var policy = unknown
            for (place, values) in zip(places, known) { policy[place] = Logprobs(values) }
            let slopes = objective.evaluate(batch, policy: policy).slopes
            return places.map { slopes[$0] }
        }
        return objective.evaluate(batch, policy: logprobs.map { Logprobs($0) })
    }

    /// One AdamW step along the accumulated gradients.
    public func optimizerStep(_ parameters: OptimizerParameters) -> OptimizerReport {
        let outcome = trainer.step(
            AdamW.Settings(
                learningRate: parameters.learningRate, beta1: parameters.beta1, beta2: parameters.beta2, epsilon: parameters.epsilon,
                weightDecay: parameters.weightDecay, maximumNorm: parameters.maximumGradientNorm))
        return OptimizerReport(gradientNorm: outcome.gradientNorm, applied: outcome.applied)
    }

    /// Weights and optimiser state, both as safetensors in fp32; with an adapter, its weights alone.
    public func snapshot() -> PolicySnapshot {
        PolicySnapshot(weights: [UInt8](form.weights), optimizer: [UInt8](OptimizerState(trainer).data))
    }

    /// A copy that no longer learns: of the weights, or of the adapter's, which shares the model.
    public func frozen() -> any Policy { duplicate() }

    /// A copy that learns on its own, with an optimiser that remembers nothing.
    public func copy() -> any TrainablePolicy { duplicate() }

    private func duplicate() -> EmbeddedPolicy {
        if let adapter {
            let copy = LowRankAdapter(copying: adapter)
            return EmbeddedPolicy(
                model, name: name, conversation: conversation, adapter: copy, form: form.sharingBase(with: copy), cores: cores)
        }
        let copy = Transformer(model.transformer.architecture)
        copy.parameters.storage.copy(from: model.transformer.parameters.storage)
        copy.parameters.didChange()
        let directory = ModelDirectory(
            configuration: model.configuration, generation: model.generation, tokenizer: model.tokenizer, transformer: copy,
            chatTemplate: model.chatTemplate)
        return EmbeddedPolicy(directory, name: name, conversation: conversation, cores: cores)
    }

    /// How many blocks the model has.
    public nonisolated var layers: Int { model.transformer.architecture.layers }

    /// The model with its first blocks alone, then the final norm and head: copies of the weights as they are, without an adapter.
    ///
    /// - Throws: `EmbeddedPolicyError.noSuchLayer`; `.adapterHasNoExits` where an adapter learns.
    public func exit(afterLayer layer: Int) throws(EmbeddedPolicyError) -> any Policy {
        guard adapter == nil else { throw .adapterHasNoExits }
        guard (1...layers).contains(layer) else { throw .noSuchLayer(layer, layers: layers) }
        var architecture = model.transformer.architecture
        architecture.layers = layer
        let cut = Transformer(architecture)
        for specification in cut.parameters.specifications {
            let start = model.transformer.parameters.offset(of: specification.name)
            let floats = model.transformer.parameters.storage.read(start..<start + specification.count)
            cut.parameters.storage.write(floats, at: cut.parameters.offset(of: specification.name))
        }
        cut.parameters.didChange()
        let directory = ModelDirectory(
            configuration: model.configuration, generation: model.generation, tokenizer: model.tokenizer, transformer: cut,
            chatTemplate: model.chatTemplate)
        return EmbeddedPolicy(directory, name: "\(name) after layer \(layer)", conversation: conversation, cores: cores)
    }

    /// Returns to a snapshot of this model, or of this adapter of it, bit for bit; accumulated gradients are cleared.
    public func restore(_ snapshot: PolicySnapshot) throws(EmbeddedPolicyError) {
        do {
            let weights = try SafetensorsFile(data: Data(snapshot.weights), name: "snapshot weights")
            let optimizer = try SafetensorsFile(data: Data(snapshot.optimizer), name: "snapshot optimizer")
            try form.restore(weights)
            try OptimizerState.restore(optimizer, into: trainer)
        } catch {
            throw .snapshot(error)
        }
        trainer.clearGradients()
    }

    private func scoringSequence(_ context: [TokenID], _ targets: [TokenID]) throws(EmbeddedPolicyError) -> ScoringSequence {
        guard !context.isEmpty else { throw .promptLength(0, context: contextLength) }
        guard context.count + targets.count <= contextLength else {
            throw .sequenceLength(context.count + targets.count, context: contextLength)
        }
        return ScoringSequence(context: context, targets: targets)
    }

    /// Looks for stop strings in the text of the last tokens: as many as the longest stop string has bytes.
    private static func stopTest(_ strings: [String], tokenizer: BPETokenizer) -> (@Sendable ([Int32]) -> Bool)? {
        guard let longest = strings.map(\.utf8.count).max() else { return nil }
        return { tokens in
            let tail = tokenizer.decode(tokens.suffix(longest))
            return strings.contains { tail.contains($0) }
        }
    }
}

extension StopReason {
    init(_ end: ContinuationEnd) {
        self =
            switch end {
            case .stopToken: .endOfText
            case .stopTest: .stopString
            case .length: .length
            }
    }
}
