import Autodidact
import Backends
import LanguageModel
import Randomness
import Tensors

/// The measurements of one model, made one after the other.
struct Bench {
    private let model: BenchModel
    private let directory: ModelDirectory
    private let cores: Cores
    private let key: SeedTree

    private static let shards = 8

    init(_ model: BenchModel, cores: Cores) throws {
        self.model = model
        self.cores = cores
        directory = try model.directory()
        key = SeedTree(root: 0)("bench")
    }

    /// The lines of one kind of work, and after training and GRPO the most memory that they held.
    func measurements(of work: BenchWork) async throws -> [Measurement] {
        switch work {
        case .train:
            ProcessMemory.forgetPeak()
            return [training(sequences: 64, length: 64), memory(batch: 64)]
        case .sample:
            return [64, 512].map { sampling(sequences: $0, prompt: 16, new: 64) }
        case .grpo:
            ProcessMemory.forgetPeak()
            return [try await policyGradient(problems: 32, samplesPerProblem: 8, prompt: 24, new: 48), memory(batch: 256)]
        case .products:
            return [products(rows: 512)]
        }
    }

    /// Forward, backward and an AdamW step: the median of 7, after 3 to warm up.
    private func training(sequences: Int, length: Int) -> Measurement {
        let trainer = Trainer(directory.transformer, cores: cores)
        let batch = model.sequences(sequences, length: length, key: key("train")).map {
            ScoringSequence(context: [$0[0]], targets: Array($0.dropFirst()))
        }
        let scale = -1 / Float(sequences * (length - 1))
        let times = (0..<10).map { _ in
            Stopwatch.seconds {
                trainer.accumulate(batch) { $0.map { $0.map { _ in scale } } }
                _ = trainer.step(AdamW.Settings(learningRate: 1e-4))
            }
        }
        let tokens = Double(sequences * length)
        let speeds = Roofline(model, rows: sequences * length / Self.shards, cores: cores)
        // A backward pass takes two products for each of the forward pass.
        let work = 3 * Roofline.operationsPerToken(model)
        return line(
            "train_tokens_per_s", batch: sequences, value: tokens / times.dropFirst(3).sorted()[3], unit: "tokens/s",
            roofline: speeds.kernels / work, blas: speeds.blas / work)
    }

    /// Prompts continued by as many tokens each: the best of 3.
    private func sampling(sequences: Int, prompt: Int, new: Int) -> Measurement {
        let sampler = Sampler(directory.transformer, cores: cores)
        let requests = model.sequences(sequences, length: prompt, key: key("prompts")).enumerated().map { index, tokens in
            ContinuationRequest(prompt: tokens, keys: [key("sample", index).key])
        }
        let rule = DrawRule(temperature: 1, topK: 0, topP: 1)
        let times = (0..<3).map { _ in
            Stopwatch.seconds { _ = sampler.sample(requests, rule: rule, maximumTokens: new, stopTokens: []) }
        }
        let speeds = Roofline(model, rows: max(1, sequences / Self.shards), cores: cores)
        let work = Roofline.operationsPerToken(model)
        return line(
            "sample_tokens_per_s", batch: sequences, value: Double(sequences * new) / (times.min() ?? 1), unit: "tokens/s",
            roofline: speeds.kernels / work, blas: speeds.blas / work)
    }

    /// A whole GRPO step: sampling, rewards, group advantages, gradient, optimiser; the median of 3 after 1 to warm up.
    private func policyGradient(problems: Int, samplesPerProblem: Int, prompt: Int, new: Int) async throws -> Measurement {
        let policy = EmbeddedPolicy(directory, name: model.name, cores: cores)
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
        let sampled = Roofline(model, rows: sequences / Self.shards, cores: cores)
        let trained = Roofline(model, rows: 512, cores: cores)
        let work = Double(sequences) * Roofline.operationsPerToken(model)
        func seconds(_ sample: Double, _ train: Double) -> Double { work * (Double(new) / sample + 3 * tokens / train) }
        return line(
            "grpo_step_s", batch: sequences, value: times.dropFirst().sorted()[1], unit: "s",
            roofline: seconds(sampled.kernels, trained.kernels), blas: seconds(sampled.blas, trained.blas))
    }

    private func products(rows: Int) -> Measurement {
        let speeds = Roofline(model, rows: rows, cores: cores)
        return line(
            "sgemm_gflops", batch: rows, value: speeds.kernels / 1e9, unit: "GFLOP/s", roofline: speeds.blas / 1e9, blas: speeds.blas / 1e9)
    }

    /// The peak of the process since it was last forgotten; of the whole process where the system cannot forget.
    private func memory(batch: Int) -> Measurement {
        // Weights, gradient and two moments, 4 bytes each.
        let least = 16 * Double(directory.transformer.parameters.count) / 1e6
        return line("peak_rss_mb", batch: batch, value: ProcessMemory.peakMegabytes, unit: "MB", roofline: least, blas: least)
    }

    private func line(_ name: String, batch: Int, value: Double, unit: String, roofline: Double, blas: Double) -> Measurement {
        Measurement(
            name: name, model: model.name, parameters: directory.transformer.parameters.count, batch: batch, value: value, unit: unit,
            roofline: roofline, rooflineOpenBLAS: blas)
    }
}
