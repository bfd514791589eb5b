/// Keeps what only evaluations may see out of learning, by two independent checks: the split that a problem's content decides, and
/// the tokens of the prompt, which tell even where a sequence is attributed to the wrong problem.
struct HeldOutGuard: Sendable {
    private let prompts: Set<[TokenID]>

    /// A guard that knows the prompts of all problems of the run's evaluations.
    init(prompts: some Sequence<[TokenID]> = []) {
        self.prompts = Set(prompts)
    }

    /// Passes only problems of the training split.
    ///
    /// - Throws: `WorkshopError.heldOutLeak` for any other.
    func check(_ problem: Problem) throws(WorkshopError) {
        guard problem.split == .train else { throw .heldOutLeak(problem: problem.id, split: problem.split) }
    }

    /// Passes only sequences that come from training problems.
    ///
    /// - Throws: `WorkshopError.heldOutLeak` or `WorkshopError.heldOutPrompt`.
    func check(_ example: TrainingExample) throws(WorkshopError) {
        try check(example.problem)
        if prompts.contains(example.sequence.context) { throw .heldOutPrompt(problem: example.problem.id) }
    }
}
