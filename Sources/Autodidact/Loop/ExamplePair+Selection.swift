extension ExamplePair {
    /// A few problems that show what a run changed and what it did not: where the verdict changed first, three
    /// in four as long as both kinds last, then others.
    static func selection(before: [Episode], after: [Episode], count: Int = 8) -> [ExamplePair] {
        let pairs = zip(before, after)
        let changed = pairs.filter { $0.verdict.isCorrect != $1.verdict.isCorrect }
        let unchanged = pairs.filter { $0.verdict.isCorrect == $1.verdict.isCorrect }
        let fromChanged = min(changed.count, max(count * 3 / 4, count - unchanged.count))
        return (changed.prefix(fromChanged) + unchanged.prefix(count - fromChanged)).map(ExamplePair.init)
    }

    private init(before: Episode, after: Episode) {
        self.init(
            prompt: before.problem.prompt, before: before.response, verdictBefore: before.verdict, after: after.response,
            verdictAfter: after.verdict
        )
    }
}
