public import Autodidact

extension NFT {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "Right answers are learned by likelihood ratio; wrong ones through the negative policy that the trained one "
                + "implies at the group's success rate.",
            at: "NegativeAware"),
        .detail("Groups that are all right or all wrong are not learned from.", at: "func mixedGroups"),
        .departure(
            "The sum over tokens is divided by the longest completion allowed in place of 1,000; with AdamW and gradients "
                + "clipped to norm 1 this is no more than a unit.",
            at: "divisor: options.maximumTokens"),
        .departure(
            "Updates of a rollout batch are cut by responses, in random order, in place of whole problems; the success rate "
                + "is the whole group's.",
            at: "sequencesPerStep:"),
        .departure(
            "Groups that are all right or all wrong are replaced only up to `samplingRounds`, which the miniature leaves at 1 "
                + "(paper: 10), so that arms sample the same number of tokens.",
            at: "var samplingRounds"),
        .departure(
            "By default one update follows each rollout batch (paper: 16), so every sample is fresh and the gradient equals "
                + "Dr. GRPO's: what sets the two apart in the paper begins with `updatesPerStep` 2.",
            at: "var updatesPerStep"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.policyGradient
        + [
            MetricCard("groups/mixed", "share of groups", "with right and wrong answers: the others teach nothing; above 0.3"),
            MetricCard(
                "negative/floored", "share of wrong answers' tokens",
                "implicit ratio on the floor; 0 on fresh samples with the default, near 1 what was wrong is raised"),
        ]
}
