public import Autodidact

extension AgentR {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "A tree search with the current policy finds good and bad episodes of one problem; a good one scores α or more, "
                + "which rises by generation, and β above the bad one.",
            at: "workshop.searchEpisodes"),
        .detail(
            "Bad steps and the observations are read and not learned; the revision and the good rest are.",
            at: "workshop.splice"),
        .departure(
            "A splice is kept only if its replay in the real environment reaches the good episode's score: spliced "
                + "observations alone would come from a branch in which the bad steps never happened. The share that is dropped is "
                + "recorded.",
            at: ">= good.score"),
        .departure(
            "Of a tree's good episodes a bad one is paired with the one that shares most of its way up to where it is left "
                + "(the paper forms all pairs): where each action moves the agent, other endings hardly ever replay.",
            at: "func counterpart", in: "+Splices"),
        .departure(
            "Bad episodes of a problem are tried in random order until `splicesPerProblem` splices replay (the paper takes "
                + "all pairs).",
            at: "func drawnFailures", in: "+Splices"),
        .departure(
            "A step is bad where P(good) < 0.5, read from two labels without reasoning (the paper's judge reasons, then says "
                + "good, bad or uncertain). An episode without a bad step is left after its last step but one.",
            at: "func leavingPoints", in: "+Splices"),
        .departure("One fixed revision text (the paper draws one of about ten).", at: "var revision", in: "+Settings"),
        .departure(
            "Turns are limited, so a bad episode is left at the latest where the good rest still fits.",
            at: "func fitting", in: "+Splices"),
        .departure("Good is r ≥ α, since r > 1 keeps nothing in the last iteration.", at: "tree.imitable"),
        .departure(
            "No general conversations are mixed in (the paper's 1 − η = 0.8 of the loss): there are none here; the gate "
                + "watches for losses.",
            at: "objective: SupervisedFineTuning()"),
        .departure(
            "Each generation goes on from the incumbent (whether the paper restarts is not confirmed).",
            at: "func improve"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.scored + MetricCard.supervised + MetricCard.unread + MetricCard.unlearned
        + [
            MetricCard("lessons/good", "episodes", "good episodes chosen to learn from; above 0"),
            MetricCard("lessons/spliced", "splices", "spliced episodes chosen to learn from; above 0"),
            MetricCard(
                "splice/dropped", "share of the tried", "replays that did not reach the good episode's score; 1: nothing is spliced"),
            MetricCard("splice/left_after", "steps", "after how many steps of the bad episode a splice turns round"),
            MetricCard("splice/left_share", "share of the bad episode", "the same as a share: near 1 it is revised at its end"),
            MetricCard("splice/rest", "turns", "turns of a splice after its revision"),
        ]
}
