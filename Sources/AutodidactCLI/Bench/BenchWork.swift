import ArgumentParser

/// What `autodidact bench` measures of each model.
enum BenchWork: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Forward, backward and an optimiser step.
    case train
    /// Continuing prompts.
    case sample
    /// A whole GRPO step.
    case grpo
    /// Matrix products alone.
    case products
}
