public import Autodidact

extension SCoRe {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "The request to revise says nothing of the first verdict, and is the same in every episode.",
            at: "FeedbackPrompts.revision"),
        .detail(
            "Stage I, in the first generation: only the second attempt earns, and a strong KL holds the first one to the "
                + "base.",
            at: "let hold = isStageOne"),
        .detail("Stage II: both attempts earn, and the second a bonus α for progress.", at: "func rewards"),
        .departure(
            "The baseline is the mean of the other episodes of the same problem, attempt by attempt (the paper does not state "
                + "its form).",
            at: "leaveOneOut"),
        .departure(
            "Reward and bonus of the second attempt credit its own tokens only: passed back, the bonus would pay for failing "
                + "first. Of the bonus α (r₂ − r₁) the part −α r₁ is settled before y₂ is drawn, so it belongs to the baseline: "
                + "what is left is (1 + α) r₂.",
            at: "(1 + settings.progressBonus) * second"),
        .departure(
            "KL penalties are losses on k3, with a coefficient for each attempt, instead of terms of the reward.",
            at: "klWeight: Float(hold)"),
        .departure(
            "Stored first attempts of the base model as offline contexts (used in some of the paper's runs) are left out.",
            at: "workshop.rollouts"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.scored + MetricCard.policyGradient + MetricCard.penalty + MetricCard.attempts
}
