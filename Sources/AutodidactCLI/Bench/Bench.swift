import Autodidact
import Backends
import LanguageModel
import Randomness
import Tensors

/// The measurements of one model, made one after the other.
struct Bench {
    let model: BenchModel
    let cores: Cores
    private let key = SeedTree(root: 0)("bench")

    /// The lines of one kind of work; training and GRPO also state the most memory that they held.
    func measurements(of work: BenchWork) async throws -> [Measurement] {
        switch work {
        case .train:
            ProcessMemory.forgetPeak()
            return [training(sequences: 64, length: 64), memory(batch: 64, length: 64)]
        case .sample:
            return [1, 32, 64, 512].map { sampling(sequences: $0, prompt: 16, new: 64) }
        case .grpo:
            ProcessMemory.forgetPeak()
            return [try await policyGradient(problems: 32, samplesPerProblem: 8, prompt: 24, new: 48), memory(batch: 256, length: 72)]
        case .encode:
            return [encoding()]
        case .machine:
            return machine()
        case .sandbox, .scaling:
            return []
        }
    }

    /// Forward, backward and an AdamW step: the median of `steps`, after 2 to warm up.
    func training(sequences: Int, length: Int, steps: Int = 7) -> Measurement {
        let trainer = Trainer(model.directory.transformer, cores: cores)
        let batch = model.sequences(sequences, length: length, key: key("train")).map {
            ScoringSequence(context: [$0[0]], targets: Array($0.dropFirst()))
        }
        let scale = -1 / Float(sequences * (length - 1))
        let times = (0..<steps + 2).map { _ in
            Stopwatch.seconds {
                trainer.accumulate(batch) { $0.map { $0.map { _ in scale } } }
                _ = trainer.step(AdamW.Settings(learningRate: 1e-4))
            }
        }
        // A backward pass takes two products for each of the forward pass, five of attention for its two.
        let work = 3 * model.productOperations + 3.5 * model.attentionOperations(positions: Double(length + 1) / 2)
        let speeds = Roofline(model, rows: min(512, max(1, sequences * length / cores.count)), cores: cores)
        return line(
            "train_tokens_per_s", batch: sequences, length: length,
            value: Double(sequences * length) / times.dropFirst(2).sorted()[steps / 2], unit: "tokens/s", roofline: speeds.kernels / work,
            blas: speeds.blas / work)
    }

    /// Prompts continued by as many tokens each: the best of 3.
    func sampling(sequences: Int, prompt: Int, new: Int) -> Measurement {
        let sampler = Sampler(model.directory.transformer, cores: cores)
        let requests = model.sequences(sequences, length: prompt, key: key("prompts")).enumerated().map { index, tokens in
            ContinuationRequest(prompt: tokens, keys: [key("sample", index).key])
        }
        let rule = DrawRule(temperature: 1, topK: 0, topP: 1)
        let times = (0..<3).map { _ in
            Stopwatch.seconds { _ = sampler.sample(requests, rule: rule, maximumTokens: new, stopTokens: []) }
        }
        let rows = min(model.directory.transformer.rowsTogether(capacity: prompt + new), (sequences + cores.count - 1) / cores.count),
            context = Double(prompt) + Double(new) / 2
        let speeds = Roofline(model, rows: rows, cores: cores)
        let operations = model.productOperations + model.attentionOperations(positions: context)
        // A step reads all matrices once for its rows, and what each row remembers.
        let held = model.matrixBytes + Double(rows) * model.cacheBytes * context
        let read = Roofline.bandwidth(held, cores: cores) / (held / Double(rows))
        return line(
            "sample_tokens_per_s", batch: sequences, length: prompt + new, value: Double(sequences * new) / (times.min() ?? 1),
            unit: "tokens/s", roofline: min(speeds.kernels / operations, read), blas: min(speeds.blas / operations, read))
    }

    /// A whole GRPO step: sampling, rewards, group advantages, gradient, optimiser; the median of 3 after 1 to warm up.
    private func policyGradient(problems: Int, samplesPerProblem: Int, prompt: Int, new: Int) async throws -> Measurement {
        let policy = EmbeddedPolicy(model.directory, name: model.name, cores: cores)
        let prompts = model.sequences(problems, length: prompt, key: key("problems"))
        var times: [Double] = []
        for round in 0..<4 {
            let start = ContinuousClock.now
            let requests = prompts.enumerated().map { index, tokens in
                SamplingRequest(prompt: tokens, count: samplesPerProblem, key: key("step", round, index))
            }
            let completions = try await policy.sample(requests, options: SamplingOptions(maximumTokens: new))
            let batch = zip(requests, completions).enumerated().flatMap { group, pair in
                let (request, completion_G) = pair
                // Nothing is to be learnt here; rewards only have to differ within a group.
                let reward_G = completion_G.map { completion in Double(completion.tokens.count { $0 % 2 == 0 }) / Double(new) as Double? }
                return zip(completion_G, groupNormalized(reward_G)).map { completion, advantage in
                    TrainingSequence(
                        context: request.prompt, targets: completion.tokens,
                        advantages: Array(repeating: Float(advantage), count: completion.tokens.count), behavior: completion.logprobs,
                        group: group)
                }
            }
            _ = try await policy.accumulateGradients(TrainingBatch(batch), objective: GroupRelative())
            _ = await policy.optimizerStep(OptimizerParameters(learningRate: 1e-4))
            times.append((ContinuousClock.now - start) / .seconds(1))
        }
        let (sequences, tokens) = (problems * samplesPerProblem, Double(prompt + new))
        let speeds = Roofline(model, rows: 128, cores: cores)
        let sampled = Double(new) * (model.productOperations + model.attentionOperations(positions: Double(prompt) + Double(new) / 2))
        let trained = tokens * (3 * model.productOperations + 3.5 * model.attentionOperations(positions: tokens / 2))
        let work = Double(sequences) * (sampled + trained)
        return line(
            "grpo_step_s", batch: sequences, length: prompt + new, value: times.dropFirst().sorted()[1], unit: "s",
            roofline: work / speeds.kernels, blas: work / speeds.blas)
    }

    /// One core's encoding of texts like prose and programs; nothing but itself to hold it against.
    private func encoding() -> Measurement {
        let speed = TokenizerBench(tokenizer: model.directory.tokenizer).encodeMegabytesPerSecond()
        return line("encode_mb_per_s", batch: 1, length: 1, value: speed, unit: "MB/s", roofline: nil, blas: nil)
    }

    private func machine() -> [Measurement] {
        let speeds = Roofline(model, rows: 512, cores: cores)
        let cached = Roofline.bandwidth(0x1p19, cores: cores), memory = Roofline.bandwidth(0x1p28, cores: cores)
        return [
            line(
                "sgemm_gflops", batch: 512, length: 1, value: speeds.kernels / 1e9, unit: "GFLOP/s", roofline: speeds.blas / 1e9,
                blas: speeds.blas / 1e9),
            line("memory_gb_per_s", batch: 1, length: 1, value: memory / 1e9, unit: "GB/s", roofline: cached / 1e9, blas: cached / 1e9),
        ]
    }

    /// The peak of the process since it was last forgotten; of the whole process where the system cannot forget.
    private func memory(batch: Int, length: Int) -> Measurement {
        // Weights, gradient and two moments, 4 bytes each.
        let least = 16 * Double(model.parameters) / 1e6
        return line(
            "peak_rss_mb", batch: batch, length: length, value: ProcessMemory.peakMegabytes, unit: "MB", roofline: least, blas: least)
    }

    private func line(
        _ name: String, batch: Int, length: Int, value: Double, unit: String, roofline: Double?, blas: Double?
    ) -> Measurement {
        Measurement(
            name: name, model: model.name, parameters: model.parameters, batch: batch, length: length, cores: cores.count, value: value,
            unit: unit, roofline: roofline, rooflineOpenBLAS: blas)
    }
}
