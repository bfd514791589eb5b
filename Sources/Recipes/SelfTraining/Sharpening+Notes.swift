public import Autodidact

extension Sharpening {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "The reward of a response is its logprob under the run's first model (`reward` likelihood); no verdict is used.",
            at: "func ownReward", in: "+Candidates"),
        .detail("SFT-sharpening imitates the likeliest of N samples, ties at random.", at: "func best"),
        .detail(
            "RLHF-sharpening regresses log-ratios onto differences of that reward; its optimum is π_base to the power 1 + "
                + "1/β.",
            at: "loss: .rewardRegression"),
        .detail(
            "With exploration (XPO, arXiv:2405.21046) it goes on with samples of its own, beside as many of the base, and "
                + "moves away from what the base says.",
            at: "func explored", in: "+Candidates"),
        .departure(
            "Responses cut off at the limit of tokens are left out: they would be likely because they are short of an end.",
            at: "isComplete", in: "+Candidates"),
        .departure("All pairs of a question's N samples are regressed, where the paper draws two.", at: "case .rlhf:"),
        .departure(
            "In later generations the samples come from the incumbent, while reward and reference stay the run's first model; "
                + "one generation is the paper's algorithm.",
            at: "workshop.reference(.base)"),
        .departure(
            "The size of the exploration bonus is not stated there for language models; it is small here.",
            at: "var optimism", in: "+Settings"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.scored + MetricCard.supervised + MetricCard.pairs + MetricCard.selection + MetricCard.ownReward
        + [
            MetricCard(
                "sharpness/mass_on_best", "probability", "of a question's likeliest sampled response under the policy that sampled; rises"),
            MetricCard("sharpness/best_logprob", "nats a response", "of the likeliest sample under the first model"),
            MetricCard("sharpness/mean_logprob", "nats a response", "of all samples under the first model; nears the best"),
        ]
}
