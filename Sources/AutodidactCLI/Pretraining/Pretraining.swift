import Autodidact
import LanguageModel
import Randomness
import Tensors

/// Makes a base model from nothing: a tokenizer from the tasks' texts, then next-token training on demonstrations.
struct Pretraining {
    let plan: PretrainingPlan
    let cores: Cores

    /// One report of progress.
    struct Progress: Sendable {
        let step: Int
        let loss: Double
        let tokens: Int
    }

    /// Trains; `report` is called every hundred steps.
    func run(report: (Progress) -> Void) async throws -> ModelDirectory {
        let seed = SeedTree(root: plan.seed)
        let tokenizer = try await tokenizer(key: seed("tokenizer"))
        // A vocabulary a multiple of 32 wide fills the product kernel's panels.
        let configuration = try plan.configuration(vocabulary: (tokenizer.vocabularySize + 31) / 32 * 32)
        let transformer = Transformer(Architecture(configuration))
        transformer.initialize(seed("weights"))
        let trainer = Trainer(transformer, cores: cores)
        var demonstrations = try Demonstrations(plan.mixture, labelNoise: plan.labelNoise, key: seed("demonstrations"))
        let schedule = Schedule.cosine(warmUp: plan.warmUp, floor: 0.1)
        var tokens = 0
        var loss = 0.0
        for step in 1...plan.steps {
            var batch: [DemonstrationSequence] = []
            while batch.count < plan.sequencesPerStep {
                batch.append(DemonstrationSequence(await demonstrations.next(), tokenizer: tokenizer, endOfText: 0))
            }
            let trained = batch.reduce(0) { $0 + $1.weights.reduce(0, +) }
            var sum = 0.0
            trainer.accumulate(batch.map(\.scoring)) { logprobs in
                sum = zip(logprobs, batch).reduce(0) { $0 - zip($1.0, $1.1.weights).reduce(0) { $0 + Double($1.0 * $1.1) } }
                return batch.map { $0.weights.map { -$0 / trained } }
            }
            tokens += batch.reduce(0) { $0 + $1.scoring.context.count + $1.scoring.targets.count }
            loss = loss == 0 ? sum / Double(trained) : 0.95 * loss + 0.05 * sum / Double(trained)
            let learningRate = plan.learningRate * Float(schedule.factor(step: step, of: plan.steps))
            _ = trainer.step(AdamW.Settings(learningRate: learningRate, weightDecay: plan.weightDecay, maximumNorm: 1))
            if step % 100 == 0 || step == plan.steps { report(Progress(step: step, loss: loss, tokens: tokens)) }
        }
        return ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [0], padTokenID: 0), tokenizer: tokenizer,
            transformer: transformer)
    }

    /// A tokenizer learnt from demonstrations of all kinds, answers three times as often as the rest: what is sampled should be short,
    /// what is only read may be longer.
    private func tokenizer(key: SeedTree) async throws -> BPETokenizer {
        let kinds = plan.mixture.map { share in
            PretrainingPlan.Share(share.form, task: share.task, level: share.level, weight: share.form == .answer ? 3 : 1)
        }
        var demonstrations = try Demonstrations(kinds, labelNoise: plan.labelNoise, key: key)
        var texts: [String] = []
        while texts.count < plan.tokenizerTexts {
            texts += await demonstrations.next().map { part in
                switch part {
                case .shown(let text), .written(let text): text
                }
            }
        }
        return try BPETrainer(vocabularySize: plan.vocabulary, specialTokens: [PretrainingPlan.endOfText]).train(on: texts)
    }
}
