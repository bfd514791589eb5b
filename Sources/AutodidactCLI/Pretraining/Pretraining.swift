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
    func run(report: (Progress) -> Void) throws -> ModelDirectory {
        let seed = SeedTree(root: plan.seed)
        var texts = try Demonstrations(plan.mixture, key: seed("tokenizer"))
        let tokenizer = try BPETrainer(vocabularySize: plan.vocabulary, specialTokens: [PretrainingPlan.endOfText])
            .train(
                on: (0..<20_000).map { _ in
                    let (prompt, response) = texts.next()
                    return prompt + response
                })
        // A vocabulary a multiple of 32 wide fills the product kernel's panels.
        let configuration = try plan.configuration(vocabulary: (tokenizer.vocabularySize + 31) / 32 * 32)
        let transformer = Transformer(Architecture(configuration))
        transformer.initialize(seed("weights"))
        let trainer = Trainer(transformer, cores: cores)
        var demonstrations = try Demonstrations(plan.mixture, key: seed("demonstrations"))
        let schedule = Schedule.cosine(warmUp: plan.warmUp, floor: 0.1)
        var tokens = 0
        var loss = 0.0
        for step in 1...plan.steps {
            let batch = (0..<plan.sequencesPerStep).map { _ in
                let (prompt, response) = demonstrations.next()
                return ScoringSequence(context: tokenizer.encode(prompt), targets: tokenizer.encode(response) + [0])
            }
            let trained = batch.reduce(0) { $0 + $1.targets.count }
            var sum = 0.0
            trainer.accumulate(batch) { logprobs in
                sum = logprobs.joined().reduce(0) { $0 - Double($1) }
                return logprobs.map { $0.map { _ in -1 / Float(trained) } }
            }
            tokens += batch.reduce(0) { $0 + $1.context.count + $1.targets.count }
            loss = loss == 0 ? sum / Double(trained) : 0.95 * loss + 0.05 * sum / Double(trained)
            let learningRate = plan.learningRate * Float(schedule.factor(step: step, of: plan.steps))
            _ = trainer.step(AdamW.Settings(learningRate: learningRate, weightDecay: plan.weightDecay, maximumNorm: 1))
            if step % 100 == 0 || step == plan.steps { report(Progress(step: step, loss: loss, tokens: tokens)) }
        }
        return ModelDirectory(
            configuration: configuration, generation: GenerationConfiguration(eosTokenIDs: [0], padTokenID: 0), tokenizer: tokenizer,
            transformer: transformer)
    }
}
