import Autodidact

extension TinkerPolicy {
    /// Mean |Δ| below which sampler and trainer agree as well as any two computations do, nats.
    private static let noise = 1e-4

    /// Brings the weights as they are now to the sampler, and proves that it serves them.
    ///
    /// A path is never sampled by again once the model has gone on: SkyRL-tx 0.3.0 loads what is sampled by into the place where the model
    /// is trained.
    func serve() async throws -> ServedWeights {
        if let served, served.lineage == lineage { return served }
        pushes += 1
        served = nil
        let path = try await model.push(as: "p\(pushes)-\(lineage.short)")
        try await prove(path)
        let new = ServedWeights(lineage: lineage, path: path)
        served = new
        return new
    }

    /// Compares sampler and trainer on the same tokens: the last step's, which it has moved most, or the fingerprint's.
    ///
    /// Where the step moved them by more than the two computations differ, the sampler must be nearer to the new logprobs than to the old.
    private func prove(_ path: String) async throws {
        guard traits.readsPrompts else { return try await proveBySamples(path) }
        let sequence = witness?.sequence ?? fingerprint.sequence
        let new = try await Self.logprobs(of: [sequence], by: model, limits: options.limits)[0]
        let old = witness?.logprobs
        let sampled = try await promptLogprobs(of: sequence, path: path)
        let (toNew, toOld) = (
            MismatchReading(sampler: sampled, trainer: new).meanAbsolute,
            old.map { MismatchReading(sampler: sampled, trainer: $0).meanAbsolute }
        )
        let isNearest = toNew <= Self.noise || toOld.map { toNew <= $0 } ?? true
        guard isNearest, toNew <= options.mismatch.meanAbsolute else {
            throw TinkerError.staleSampler(url: url, difference: toNew, allowed: options.mismatch.meanAbsolute)
        }
    }

    private func promptLogprobs(of sequence: ScoredSequence, path: String) async throws -> [Float] {
        let tokens = sequence.context + sequence.targets
        let request = Sample(
            numSamples: 1, prompt: ModelInput(tokens),
            params: .init(maxTokens: 1, seed: 1, stop: [], temperature: 1, topK: -1, topP: 1), modelPath: path, promptLogprobs: true)
        guard let known = try await model.sample([request]).first?.logprobs(ofPrompt: tokens.count) else {
            throw TinkerError.unreadable(url: url, field: "prompt_logprobs", reason: "there is not one for each token after the first")
        }
        return Array(known.suffix(sequence.targets.count))
    }

    /// A sampler that tells nothing of prompts is judged by what it draws.
    private func proveBySamples(_ path: String) async throws {
        let context = witness?.sequence.context ?? [fingerprint.tokens[0]]
        let request = Sample(
            numSamples: 4, prompt: ModelInput(context),
            params: .init(
                maxTokens: min(32, contextLength - context.count), seed: 1, stop: text.stopTokens.sorted(), temperature: 1, topK: -1,
                topP: 1), modelPath: path, promptLogprobs: false)
        let sequences = try await model.sample([request]).first?.sequences ?? []
        let scored = sequences.map { ScoredSequence(context: context, targets: $0.tokens) }
        let trainer = try await Self.logprobs(of: scored, by: model, limits: options.limits)
        let sampler = sequences.map { ($0.logprobs ?? []).compactMap(\.self) }
        guard zip(sampler, trainer).allSatisfy({ $0.count == $1.count }) else {
            throw TinkerError.unreadable(url: url, field: "sequences.logprobs", reason: "there is not one for each token")
        }
        let reading = MismatchReading(sampler: sampler.flatMap(\.self), trainer: trainer.flatMap(\.self))
        guard reading.meanAbsolute <= options.mismatch.meanAbsolute else {
            throw TinkerError.staleSampler(url: url, difference: reading.meanAbsolute, allowed: options.mismatch.meanAbsolute)
        }
    }
}
