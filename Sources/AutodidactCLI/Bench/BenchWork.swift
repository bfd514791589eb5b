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
    /// Short programs under their tests, each in a sandbox of its own; of no model.
    case sandbox
    /// Training and sampling against batch, length, model size and cores; takes minutes, so only where asked for.
    case scaling
}
