extension Workshop {
    /// Continuations of raw prompts, metered like everything else: for searches, judgements and critics.
    ///
    /// - Parameter policy: Who continues; the learner where none is named.
    /// - Throws: `CancellationError`, or what the policy throws.
    public func continuations(
        of requests: [SamplingRequest], options: SamplingOptions, by policy: (any Policy)? = nil
    ) async throws -> [[Completion]] {
        try Task.checkCancellation()
        defer { meter.charge(.sample) }
        let completions = try await (policy ?? learner).sample(requests, options: options)
        tally.add(Array(completions.joined()), as: \.continuations)
        tellSampling()
        return completions
    }

    /// Tells how far sampling has come.
    ///
    /// Episodes of searches come only at their end, so that their turns, which are continuations, count instead.
    func tellSampling() {
        let done = tally.spent.samples
        events(.progress(phase: .sample, done: done, total: max(done, budget.samples), tokens: tally.tokensSampled))
    }

    /// The logprobs of given tokens, metered; `policy` is the learner where none is named.
    ///
    /// - Throws: `CancellationError`, or what the policy throws.
    public func logprobs(of sequences: [ScoredSequence], under policy: (any Policy)? = nil) async throws -> [Logprobs<FullVocabulary>] {
        try await logprobs(of: sequences, under: policy ?? learner, chargedTo: .verify)
    }

    /// The same with the time charged to a phase.
    func logprobs(
        of sequences: [ScoredSequence], under policy: any Policy, chargedTo phase: Phase
    ) async throws -> [Logprobs<FullVocabulary>] {
        let sequencesPerCall = 512
        var logprobs: [Logprobs<FullVocabulary>] = []
        for first in stride(from: 0, to: sequences.count, by: sequencesPerCall) {
            try Task.checkCancellation()
            let chunk = Array(sequences[first..<min(first + sequencesPerCall, sequences.count)])
            logprobs += try await policy.logprobs(of: chunk)
            meter.charge(phase)
        }
        tally.addScored(sequences, for: phase)
        return logprobs
    }

    /// Notes how many things of a kind were left out because they are too long; the generation's figures have their sum.
    public func countTooLong(_ count: Int, as kind: TooLong) { tally.addTooLong(count, as: kind) }

    /// The episodes of the earlier generations that a pool takes in, oldest first, as they were committed.
    ///
    /// - Throws: What the run's ledger throws.
    public func pastEpisodes(_ pool: RoundSchedule.Pool) async throws -> [Episode] {
        var episodes: [Episode] = []
        for number in pool.earlier(before: generation) { episodes += try await history(number) }
        meter.charge(.write)
        return episodes
    }
}
