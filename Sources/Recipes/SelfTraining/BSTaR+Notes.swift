public import Autodidact

extension BSTaR {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "A few problems are probed at every temperature; the one with the highest mean balance score samples all "
                + "problems.",
            at: "func configuration"),
        .detail(
            "On what it sampled, each threshold is tried with the smallest cap that keeps enough responses, and the best by "
                + "the same score is taken.",
            at: "tuner.choice"),
        .detail(
            "The balance score of a problem: enough different correct responses, n* of them, times the share of correct among "
                + "the kept.",
            at: "func balance"),
        .departure(
            "The process reward is a P(yes) probe on a copy of the first model, trained anew in each generation on Monte "
                + "Carlo values of steps (paper: one model with a head, trained once). It is off unless `criticProblems` "
                + "is set: the reward is then the verdict alone.",
            at: "func critic", in: "+Reward"),
        .departure("Human reference solutions are not among the candidates.", at: "workshop.rollouts"),
        .departure(
            "Responses with the same text count once before the cap, in the paper's code after it; problems of which nothing "
                + "is kept count as 0.",
            at: "func ranked", in: "+Reward"),
        .departure(
            "New problems are drawn in each generation, probe problems too; the paper's sets are fixed. The learning rate is "
                + "constant.",
            at: "workshop.problems(settings.probeProblems)"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.supervised + MetricCard.selection + MetricCard.critics + MetricCard.scored + MetricCard.unread
        + MetricCard.unlearned
        + [
            MetricCard("tuning/temperature", "–", "the sampling temperature of this generation, as chosen or set"),
            MetricCard("tuning/threshold", "the reward's", "what a kept response's reward must lie above"),
            MetricCard("tuning/cap", "responses", "the most that are kept of a problem"),
            MetricCard("tuning/balance", "0…1", "mean balance score of what was kept; falls where correct responses get fewer or alike"),
            MetricCard(
                "tuning/probe_balance", "0…1", "the best mean balance score of a probed temperature; with configuration balanced only"),
            MetricCard("critic/certainty/ece", "0…1", "of the process critic's lowest step, against the verdicts; 0 is best"),
            MetricCard("critic/certainty/brier", "0…1", "the same as a mean squared error; 0 is best"),
            MetricCard("critic/certainty/auroc", "0…1", "whether right responses have the higher lowest step; above 0.7"),
        ]
}
