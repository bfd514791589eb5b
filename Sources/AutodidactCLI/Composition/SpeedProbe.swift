import Autodidact
import Backends
import Randomness
import Tensors

/// How fast this machine is at what a run does, from about a second of trying.
struct SpeedProbe: Sendable {
    let tokensPerPrompt: Double
    let tokensPerResponse: Double
    let sampledTokensPerSecond: Double
    let judgedPerSecond: Double
    let trainedTokensPerSecond: Double
    /// Most memory the process has held, in MB: model, optimiser and the buffers of both kinds of work.
    let peakMegabytes: Double

    private static let problems = 64
    private static let samplesPerProblem = 8
    private static let secondsOfEach = 0.5

    /// Samples, judges and trains on training problems; the policy's weights do not change.
    init(_ policy: EmbeddedPolicy, on family: any TaskFamily, levels: [Int], clock: any WorldClock) async throws {
        let key = SeedTree(root: 0)("probe")
        var stream = family.problems(.train, levels: levels, key: key("problems"))
        let problems = stream.next(Self.problems)
        let requests = problems.map {
            SamplingRequest(prompt: policy.prompt(for: $0.prompt), count: Self.samplesPerProblem, key: key(named: $0.id))
        }
        let options = SamplingOptions(maximumTokens: family.card.maximumCompletionTokens)
        var completions: [[Completion]] = []
        let sampling = try await Self.rounds(clock) { completions = try await policy.sample(requests, options: options) }
        let tokens = completions.joined().reduce(0) { $0 + $1.tokens.count }
        let judging = await Self.time(clock) {
            for (problem, group) in zip(problems, completions) {
                for completion in group { _ = await family.verifier.verdict(on: policy.decode(completion.tokens), for: problem) }
            }
        }
        let batch = TrainingBatch(
            zip(requests, completions).prefix(16).flatMap { request, group in
                group.prefix(4).map { TrainingSequence(context: request.prompt, targets: $0.tokens) }
            })
        let training = try await Self.rounds(clock) {
            _ = try await policy.accumulateGradients(batch, objective: SupervisedFineTuning())
            _ = await policy.optimizerStep(OptimizerParameters(learningRate: 0))
        }
        let episodes = Double(completions.joined().count)
        tokensPerPrompt = Double(requests.reduce(0) { $0 + $1.prompt.count }) / Double(max(1, requests.count))
        tokensPerResponse = Double(tokens) / max(1, episodes)
        sampledTokensPerSecond = Double(tokens) / sampling
        judgedPerSecond = episodes / judging
        trainedTokensPerSecond = Double(batch.tokens) / training
        peakMegabytes = ProcessMemory.peakMegabytes
    }

    /// Seconds of one round, over as many as fit into the time after one to warm up.
    private static func rounds(_ clock: any WorldClock, _ round: () async throws -> Void) async throws -> Double {
        try await round()
        var (count, seconds) = (0.0, 0.0)
        while seconds < secondsOfEach {
            let start = clock.monotonic()
            try await round()
            seconds += (clock.monotonic() - start) / .seconds(1)
            count += 1
        }
        return seconds / count
    }

    private static func time(_ clock: any WorldClock, _ work: () async -> Void) async -> Double {
        let start = clock.monotonic()
        await work()
        return max(1e-9, (clock.monotonic() - start) / .seconds(1))
    }
}
