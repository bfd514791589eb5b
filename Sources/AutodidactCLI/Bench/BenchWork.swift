import ArgumentParser

/// What `autodidact bench` measures of each model.
enum BenchWork: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Forward, backward and an optimiser step.
    case train
    /// Continuing prompts.
    case sample
    /// A whole GRPO step.
    case grpo
    /// Texts to tokens, by the model's tokenizer.
    case encode
    /// Matrix products and memory alone.
    case machine
    /// Training and sampling against batch, length, model size and cores; takes minutes, so only where asked for.
    case scaling
}
