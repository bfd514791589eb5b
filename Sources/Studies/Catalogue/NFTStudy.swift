import Autodidact
import Recipes
import TaskLibrary

/// Negative-aware fine-tuning against fine-tuning without negatives and against GRPO.
struct NFTStudy: Study {
    var card: StudyCard {
        StudyCard(
            slug: "nft", title: "NFT", arxiv: "2505.18116",
            claim: "A supervised loss that also models wrong answers beats rejection-sampling fine-tuning and matches GRPO.",
            quantity: StudyQuantity("mean@8", title: "held-out mean@8"),
            curves: [
                StudyQuantity("mean@4", title: "held-out mean@4"), StudyQuantity("entropy", title: "entropy, nats a token", unit: .number),
            ],
            notes: [
                "Countdown, levels 1 and 2; four updates on each rollout batch, so that NFT and GRPO differ (on fresh samples their gradients "
                    + "are equal up to normalisation: a unit test holds NFT's against Dr. GRPO's to float precision).",
                "RFT is NFT with a negative weight of 0, so it differs in nothing else.",
            ])
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("learns", "nft", over: "base", on: "mean@8", by: 0.02, weight: .required),
            .exceeds("beats fine-tuning without negatives", "nft", over: "rft", on: "mean@8", weight: .core),
            .holdsUp("matches GRPO", "nft", against: "grpo", on: "mean@8", within: 0.02, weight: .core),
            .exceeds("keeps more entropy than RFT", "nft", over: "rft", on: "entropy", weight: .reported),
            .holdsUp("the problem's weight does not hurt", "nft", against: "nft, equal weights", on: "mean@8", within: 0.01, weight: .reported),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let course = StudyCourse(
            CountdownFamily(), levels: [1, 2], generations: scale.pick(4, quick: 1),
            evaluation: EvaluationSettings(problems: scale.pick(400, quick: 10)),
            curve: EvaluationSettings(problems: scale.pick(120, quick: 6), samplesPerProblem: 4))
        var nft = NFT.Settings()
        (nft.steps, nft.problemsPerStep, nft.updatesPerStep) = (scale.pick(10, quick: 2), scale.pick(40, quick: 6), 4)
        var rft = nft
        rft.negativeWeight = 0
        var equal = nft
        equal.problemWeight = .uniform
        var grpo = GRPO.Settings()
        (grpo.steps, grpo.problemsPerStep, grpo.updatesPerStep) = (nft.steps, nft.problemsPerStep, nft.updatesPerStep)
        grpo.learningRate = nft.learningRate
        let entropy: @Sendable (StudyBench, inout Measurements) async throws -> Void = { bench, measurements in
            measurements["entropy"] = measurements.series["entropy"]?.values.last
        }
        return [
            .base(along: course),
            try .training("rft", "NFT with negative weight 0: right answers alone", NFT.self, rft, along: course, atEnd: entropy),
            try .training("grpo", "clipped policy gradient on group advantages", GRPO.self, grpo, along: course, atEnd: entropy),
            try .training("nft, equal weights", "NFT with ω = 1", NFT.self, equal, along: course, atEnd: entropy),
            try .training("nft", "right and wrong answers, ω = 1 − r", NFT.self, nft, along: course, atEnd: entropy),
        ]
    }
}
