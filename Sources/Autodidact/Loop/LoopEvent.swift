/// What a running loop tells whoever watches; watching changes nothing.
public enum LoopEvent: Sendable {
    /// The base was evaluated on the held-out problems.
    case baseline(EvaluationResult)
    /// A run goes on after the committed generations, from the incumbent that stands, which after a rollback is not the last promoted.
    case resumed(committed: [GenerationRecord], baseline: EvaluationResult, incumbent: EvaluationResult)
    /// A generation begins.
    case generationStarted(number: Int, of: Int)
    /// A phase has come to `done` of `total` units: episodes of rollouts and continuations (a search's turns among them) when sampling,
    /// sequences when training, responses when evaluating.
    case progress(phase: Phase, done: Int, total: Int, tokens: Int)
    /// The verifier could not judge a response, the first of this evaluation or generation; told as it happens.
    case verdictMissing(phase: Phase, cause: String)
    /// A generation was committed.
    case generationCommitted(GenerationRecord)
    /// The run is over.
    case finished(RunSummary)
}
