public import Autodidact

extension AlphaLLM {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "The search is MCTS over options (lines or sentences) with adaptive width, merging of like siblings and rollouts; "
                + "a node is worth what the critics say.",
            at: "TextSearch"),
        .detail(
            "What is learned from are the answers that the outcome critic scores at `threshold` or more; they are never "
                + "verified, but the record holds them against the truth.",
            at: "$0.imitable"),
        .detail(
            "One in eight labelled problems teaches no critic and tells what the outcome critic is worth.",
            at: "testedPart"),
        .departure(
            "The paper lets a model rewrite seed prompts; here the task itself supplies new questions, of which the recipe "
                + "sees no answers.",
            at: "let imagined ="),
        .departure(
            "A value and an outcome critic, each a copy of the policy that is read by the logprobs of yes and no; the step "
                + "critic (PRM), whose weight is 0 in the released code, is left out.",
            at: "func critics", in: "+Critics"),
        .departure(
            "Critics are taught anew in each generation, on verified rollouts of the current policy: the value critic on "
                + "their beginnings, the outcome critic, which goes on from it, on whole ones. The paper starts from trained reward "
                + "models and refines them on new trees.",
            at: "let outcome = try await value.copy()", in: "+Critics"),
        .departure(
            "Critics are taught as many right as wrong responses of each problem, or they learn to tell problems apart "
                + "instead of answers.",
            at: "CriticLessons.contrasts", in: "+Critics"),
        .departure(
            "Rollouts are the policy's own, not a smaller model's; finished rollouts are answers as much as terminal nodes "
                + "are.",
            at: "writer: workshop.policy"),
        .departure(
            "The fine-tuning data are the searched paths alone; the paper adds its original data.",
            at: "on: best.map"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.scored + MetricCard.supervised + MetricCard.critics + MetricCard.certainty + MetricCard.search
        + MetricCard.searchedSelection + MetricCard.unread + MetricCard.unlearned
        + [
            MetricCard("critic/pair_accuracy", "share of pairs", "the right of a right and a wrong response preferred; 0.5 is chance")
        ]
}
