import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("A batch that sequences join and leave")
struct ContinuousBatchTests {
    /// fp32 products in another order, where a BLAS library computes them.
    private static let tolerance: Float = 1e-5

    /// Every sequence of the sampler's tests, with a rule of its own.
    private static let entries = SamplerLogprobTests.requests.enumerated().flatMap { index, request in
        request.keys.map { key in
            BatchEntry(
                prompt: request.prompt, key: key, rule: SamplerLogprobTests.rules[index % SamplerLogprobTests.rules.count],
                maximumTokens: min(20, 64 - request.prompt.count), stopTokens: [0, 1])
        }
    }

    /// Runs sequences through a batch; `joinsAt` says before which step each of them comes.
    private static func run(
        _ entries: [BatchEntry], rows: Int, cores: Int, joinsAt: (Int) -> Int = { _ in 0 }
    ) -> [SampledTokens] {
        let batch = ContinuousBatch(ToyTransformer.make(), rows: rows, capacity: 64, cores: Cores(cores))
        var results = entries.map { _ in SampledTokens() }
        var waiting = Array(entries.indices)
        var step = 0
        while results.contains(where: { $0.end == nil }) && step < 10_000 {
            while batch.freeRows > 0, let place = waiting.firstIndex(where: { joinsAt($0) <= step }) {
                let next = waiting.remove(at: place)
                batch.join(entries[next], id: next)
            }
            for outcome in batch.step() { results[outcome.id].take(outcome) }
            step += 1
        }
        return results
    }

    private struct SampledTokens: Equatable {
        var tokens: [Int32] = []
        var logprobs: [Float] = []
        var prompt: [BatchToken]?
        var alternatives: [[RankedToken]] = []
        var end: ContinuationEnd?

        mutating func take(_ outcome: BatchOutcome) {
            #expect(end == nil, "a sequence that has ended is continued")
            if let drawn = outcome.drawn {
                tokens.append(drawn.chosen.token)
                logprobs.append(drawn.chosen.logprob)
                alternatives.append(drawn.alternatives)
            }
            if let prompt = outcome.prompt { self.prompt = prompt }
            end = outcome.end
        }
    }

    @Test(
        "each gets what the sampler gives it alone, in any company, on any cores", .enabled(if: MatrixProduct.usesKernels),
        arguments: [(1, 1), (3, 2), (7, 1), (64, 2)])
    func equalsSampler(rows: Int, cores: Int) {
        let together = Self.run(Self.entries, rows: rows, cores: cores) { $0 * 3 % 11 }
        let sampler = Sampler(ToyTransformer.make(), cores: Cores(1))
        for (entry, result) in zip(Self.entries, together) {
            let request = ContinuationRequest(prompt: entry.prompt, keys: [entry.key])
            let alone = sampler.sample([request], rule: entry.rule, maximumTokens: entry.maximumTokens, stopTokens: entry.stopTokens)[0][0]
            #expect(result.tokens == alone.tokens && result.logprobs.isIdentical(to: alone.logprobs) && result.end == alone.end)
        }
    }

    @Test("when a sequence joins changes nothing of it", .enabled(if: MatrixProduct.usesKernels))
    func joining() {
        let first = Self.run(Self.entries, rows: 5, cores: 2)
        #expect(Self.run(Self.entries, rows: 5, cores: 2) { $0 % 7 } == first)
        #expect(Self.run(Self.entries, rows: 64, cores: 1) { 30 - $0 } == first)
    }

    @Test("a sequence that leaves makes room, and the others go on as if it had not been there", .enabled(if: MatrixProduct.usesKernels))
    func leaving() {
        let entry = BatchEntry(prompt: [9, 4, 7], key: 3, rule: Self.entries[3].rule, maximumTokens: 12, stopTokens: [])
        let endless = BatchEntry(prompt: [5, 6], key: 1, rule: entry.rule, maximumTokens: 60, stopTokens: [])
        let batch = ContinuousBatch(ToyTransformer.make(), rows: 2, capacity: 64, cores: Cores(1))
        batch.join(endless, id: 0)
        batch.join(entry, id: 1)
        var result = SampledTokens()
        for step in 0..<30 where result.end == nil {
            if step == 2 { batch.leave(0) }
            for outcome in batch.step() where outcome.id == 1 { result.take(outcome) }
        }
        #expect(result == Self.run([entry], rows: 1, cores: 1)[0])
        #expect(batch.freeRows == 2)
        batch.leave(0)
        #expect(batch.freeRows == 2)
        batch.join(endless, id: 2)
        batch.leave(2)
        #expect(batch.freeRows == 2 && batch.step().isEmpty)
    }

    @Test("a prompt's own logprobs are the trainer's; with no tokens to draw that is all", arguments: [0, 1, 5])
    func scoring(maximumTokens: Int) throws {
        let transformer = ToyTransformer.make()
        let prompts = [1, 2, 17, 40].map { ToyTransformer.tokens($0, SeedTree(root: 3)("prompt", $0)) }
        let entries = prompts.map {
            BatchEntry(
                prompt: $0, key: 1, rule: SamplerLogprobTests.rules[0], maximumTokens: maximumTokens, stopTokens: [], alternatives: 2,
                scoresPrompt: true)
        }
        let trainer = Trainer(transformer, cores: Cores(1))
        for (prompt, result) in zip(prompts, Self.run(entries, rows: 3, cores: 1)) {
            let scores = try #require(result.prompt)
            let expected = trainer.logprobs([ScoringSequence(context: [prompt[0]], targets: Array(prompt.dropFirst()))])[0]
            #expect(scores.map(\.chosen.token) == Array(prompt.dropFirst()) && result.tokens.count == maximumTokens)
            #expect(zip(scores, expected).allSatisfy { abs($0.chosen.logprob - $1) < Self.tolerance })
            if MatrixProduct.usesKernels { #expect(scores.map(\.chosen.logprob).isIdentical(to: expected)) }
            #expect(result.end == .length)
        }
    }

    @Test("the most probable tokens are those of the whole distribution, in order", arguments: [1, 4, 100])
    func alternatives(count: Int) {
        let transformer = ToyTransformer.make(), prompt: [Int32] = [3, 1, 4]
        let entry = BatchEntry(
            prompt: prompt, key: 4, rule: SamplerLogprobTests.rules[0], maximumTokens: 3, stopTokens: [], alternatives: count)
        let result = Self.run([entry], rows: 1, cores: 1)[0]
        let trainer = Trainer(transformer, cores: Cores(1))
        for (place, alternatives) in result.alternatives.enumerated() {
            let context = prompt + result.tokens.prefix(place)
            let full = trainer.logprobs((0..<37).map { ScoringSequence(context: context, targets: [$0]) }).map { $0[0] }
            let best = full.indices.sorted { (full[$1], $0) < (full[$0], $1) }.prefix(count)
            #expect(alternatives.map { Int($0.token) } == Array(best))
            #expect(zip(alternatives, best).allSatisfy { abs($0.logprob - full[$1]) < Self.tolerance })
            let chosen = alternatives.first { $0.token == result.tokens[place] }
            #expect(chosen.map { $0.logprob == result.logprobs[place] } ?? true)
        }
    }
}
