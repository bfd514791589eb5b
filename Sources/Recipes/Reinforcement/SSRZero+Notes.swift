public import Autodidact

extension SSRZero {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "The judge is the policy as it stands, asked for a score from 0 to 100 without a reference; only the answers are "
                + "trained on.",
            at: "let judge = settings.judge == .live"),
        .detail(
            "Advantages are scores normalised within a question's group; the objective is GRPO's.",
            at: "groupNormalized(reward_G)"),
        .departure(
            "By default the score is the expectation over the scale read from logprobs, which a small model's judgement "
                + "needs; `sampled` lets the policy write the number as the paper does, and one that cannot be read is 0.",
            at: "func scores", in: "+Judging"),
        .departure(
            "An answer that is empty or was cut off scores 0 (the paper's format condition is on its answer tags).",
            at: "isComplete ? $1 : 0", in: "+Judging"),
        .departure("The task is whatever the workshop's is: the paper's is translation.", at: "workshop.questions"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.scored + MetricCard.policyGradient + MetricCard.clipped + MetricCard.penalty
        + MetricCard.ownReward + MetricCard.unread
}
