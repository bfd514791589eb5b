extension LabelProbe {
    /// The labels of a probe that asks for one of two: so many sequences are scored to read it.
    public static let labelsOfTwo = 2

    /// Is this response correct? Its first label is yes.
    public static func isCorrect(_ response: String, to question: Question) -> LabelProbe {
        LabelProbe(
            prompt: FeedbackPrompts.yesNo(prompt: question.prompt, response: response),
            labels: [FeedbackPrompts.yesNoAnswers.yes, FeedbackPrompts.yesNoAnswers.no])
    }

    /// How good is this response? Its labels are 0, 10, … 100, in order.
    public static func score(of response: String, to question: Question) -> LabelProbe {
        LabelProbe(
            prompt: FeedbackPrompts.score(prompt: question.prompt, response: response),
            labels: FeedbackPrompts.scoreAnswers
        )
    }

    /// Which of two responses is better? Its first label says the first.
    public static func preference(_ first: String, over second: String, for question: Question) -> LabelProbe {
        LabelProbe(
            prompt: FeedbackPrompts.pairwise(prompt: question.prompt, first: first, second: second),
            labels: [FeedbackPrompts.pairwiseAnswers.first, FeedbackPrompts.pairwiseAnswers.second])
    }

    /// Was the last action of a transcript good? Its first label is good.
    public static func isGoodStep(transcript: String) -> LabelProbe {
        LabelProbe(
            prompt: FeedbackPrompts.step(transcript: transcript),
            labels: [FeedbackPrompts.stepAnswers.good, FeedbackPrompts.stepAnswers.bad])
    }
}

extension LogprobSource {
    /// The probability that the first of two responses is the better, asked in both orders and averaged.
    ///
    /// - Throws: What the policy throws.
    public func preference(
        _ pairs: [(question: Question, first: String, second: String)], by policy: any Policy
    ) async throws -> [Double] {
        let forward = pairs.map { LabelProbe.preference($0.first, over: $0.second, for: $0.question) }
        let backward = pairs.map { LabelProbe.preference($0.second, over: $0.first, for: $0.question) }
        let said = try await probability(of: forward + backward, by: policy)
        return zip(said.prefix(pairs.count), said.suffix(pairs.count)).map { ($0 + 1 - $1) / 2 }
    }
}
