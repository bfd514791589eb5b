import Autodidact
import RunStore

/// All that a store holds of the one run of a simulation.
struct StoredState: Sendable {
    let baseHash: String
    let baseline: EvaluationResult
    let generations: [GenerationRecord]
    let episodes: [[Episode]]
    let incumbentHash: String
    let summary: RunSummary?

    /// Reads everything, weights too, which are checked against their digests; nil where there is no run.
    init?(_ store: RunStore) throws {
        let runs = try store.runs()
        guard let run = runs.first else { return nil }
        guard runs.count == 1, run.id == SimulationScript.runID else { throw DiskFailure("\(runs.count) runs in the store") }
        baseHash = ContentHash.hexadecimal(of: try store.baseWeights(of: run.id))
        baseline = try store.baseline(of: run.id)
        generations = try store.generations(of: run.id)
        episodes = try generations.map { try store.episodes(of: run.id, generation: $0.number) }
        incumbentHash = ContentHash.hexadecimal(of: try store.weights(of: run.id))
        summary = run.state == .finished ? try store.summary(of: run.id) : nil
    }

    init(
        baseHash: String, baseline: EvaluationResult, generations: [GenerationRecord], episodes: [[Episode]], incumbentHash: String,
        summary: RunSummary?
    ) {
        self.baseHash = baseHash
        self.baseline = baseline
        self.generations = generations
        self.episodes = episodes
        self.incumbentHash = incumbentHash
        self.summary = summary
    }
}

extension GenerationRecord {
    /// The record without what is measured.
    var timeless: GenerationRecord {
        GenerationRecord(
            number: number, candidateHash: candidateHash, incumbentHash: incumbentHash, episodes: episodes, correct: correct,
            unscorable: unscorable, tokensSampled: tokensSampled, tokensTrained: tokensTrained, metrics: metrics,
            evaluation: evaluation, decision: decision, seconds: PhaseSeconds()
        )
    }
}

extension RunSummary {
    /// The summary without what is measured.
    var timeless: RunSummary {
        RunSummary(
            before: before, after: after, comparison: comparison, examples: examples, weightsHash: weightsHash,
            seconds: PhaseSeconds(), wallSeconds: 0
        )
    }
}
