public import Autodidact

extension InternalConsistency {
    /// What its code does with the paper's steps, and where it departs from them.
    public static let notes: [ImplementationNote] = [
        .detail(
            "Each question is answered many times; answers are compared in the task's canonical form, without a verdict.",
            at: "Majority"),
        .detail(
            "Questions are ranked by the signal, and different responses of the majority to the most consistent part are "
                + "learned.",
            at: "selectDistinct"),
        .departure(
            "The survey proposes a frame and no single algorithm; signals of its response layer are settings here, those of "
                + "its latent and decoding layers are measured in the study (`EarlyExitPolicy`, decoders), where they decide "
                + "nothing.",
            at: "enum Signal"),
        .departure(
            "The exact definition of consistency in the paper is not confirmed: here it is the share of the most frequent "
                + "answer, or the negative entropy of the answers.",
            at: "func signals"),
    ]

    /// Every figure that its generations may record.
    public static let metrics: [MetricCard] =
        MetricCard.everyRun + MetricCard.scored + MetricCard.supervised + MetricCard.selection + MetricCard.unread
        + [
            MetricCard(
                "consistency/agreement", "share",
                "of a question's most frequent answer, mean over questions; near 1 nothing is left to agree on")
        ]
}
