/// Keeps what only evaluations may see out of learning, by two independent checks: the split that a problem's content decides, and
/// the tokens of the prompt, which tell even where a sequence is attributed to the wrong problem.
struct HeldOutGuard: Sendable {
    /// The prompts as tokens, with their texts.
    private let prompts: [[TokenID]: String]
    private let lengths: Set<Int>
    private let longest: Int
    /// Digests of the prompts, so that a context is read once however many lengths they have; what a digest lets through is compared.
    private let digests: Set<Int>

    /// A guard that knows the prompts of all problems of the run's evaluations.
    init(prompts: [(tokens: [TokenID], text: String)] = []) {
        self.prompts = Dictionary(prompts.map { ($0.tokens, $0.text) }, uniquingKeysWith: { first, _ in first })
        lengths = Set(prompts.map(\.tokens.count))
        longest = lengths.max() ?? 0
        digests = Set(
            prompts.map { prompt in
                var hasher = Hasher()
                for token in prompt.tokens { hasher.combine(token) }
                return hasher.finalize()
            })
    }

    /// Passes only questions of the training split.
    ///
    /// - Throws: `WorkshopError.heldOutLeak` for any other.
    func check(_ question: Question) throws(WorkshopError) {
        guard question.split == .train else { throw .heldOutLeak(problem: question.id, split: question.split) }
    }

    /// Passes only sequences that come from training problems.
    ///
    /// The whole sequence is read, whatever of it is called context. One that goes on after a held-out prompt is a leak too, unless the
    /// training problem's own prompt begins in the same way.
    /// - Throws: `WorkshopError.heldOutLeak` or `WorkshopError.heldOutPrompt`.
    func check(_ example: TrainingExample) throws(WorkshopError) {
        try check(example.question)
        let (context, targets) = (example.sequence.context, example.sequence.targets)
        let beginning = context.prefix(longest) + targets.prefix(max(0, longest - context.count))
        var hasher = Hasher()
        for (index, token) in beginning.enumerated() {
            hasher.combine(token)
            let length = index + 1
            guard lengths.contains(length), digests.contains(hasher.finalized), let text = prompts[Array(beginning.prefix(length))] else {
                continue
            }
            if length != context.count && example.question.prompt.hasPrefix(text) { continue }
            throw .heldOutPrompt(problem: example.question.id)
        }
    }
}

extension Hasher {
    /// The digest so far; more can be combined afterwards.
    fileprivate var finalized: Int {
        let copy = self
        return copy.finalize()
    }
}
