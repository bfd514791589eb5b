import Autodidact
import Recipes
import TaskLibrary

/// Search under critics against picking by the same critics without search.
struct AlphaLLMStudy: Study {
    var card: StudyCard {
        StudyCard(
            slug: "alphallm", title: "AlphaLLM", arxiv: "2404.12253",
            claim:
                "A policy improves on questions without answers by fine-tuning on what a tree search under trained critics finds, more "
                + "than by fine-tuning on the critics' picks among plain samples.",
            quantity: StudyQuantity("mean@8", title: "mean@8 on sealed problems"),
            curves: [
                StudyQuantity("mean@4", title: "held-out mean@4"),
                StudyQuantity("exploitation/precision", title: "share of right answers among those learned from"),
            ],
            notes: [
                "Countdown, level 1; an option is a line. Verified rollouts teach the critics; the searched questions are never verified.",
                "Best of n has the same critics and, within 10 %, as many sampled tokens: one node, and all the rest in rollouts.",
                "Imitation of verified answers on the searched questions is what labels on them would have given, from half as many "
                    + "tokens. Imitation of verified rollouts on the questions that teach the critics has the same labels as the "
                    + "search, and samples as many tokens.",
                "Left out of the catalogue's study: the search as a decoder against best of n and majority, the ablations of merging and "
                    + "of rollouts, and retraining critics on new trees. New questions come from the task's generator: none is imagined "
                    + "by the model.",
                "Tried before on the first draw. An earlier base, 256 verified problems, trees too "
                    + "narrow to last: search 35.3 % [31.3, 39.3], best of n 32.7 % from 289 k tokens against 173 k. This base, 256 "
                    + "verified problems in each of two generations: critics at chance (0.69 nats on yes or no), so nothing passed 0.8, "
                    + "or what passed was no better than the rest; on arithmetic with 512 they learned nothing, and the policy fell with "
                    + "them. With 768 and four epochs they told pairs apart in 93 % of cases, in the second generation in 66 %. Hence one "
                    + "generation with 1,024.",
                "As a decoder the search did not beat best of n in a first look (60 problems, one seed, countdown: 18.3 % against 16.7 %, "
                    + "right answer found at all 51.7 % against 73.3 %).",
                "The first draw, on whose problems the settings were chosen, three seeds, came out as partly: search 38.6 % "
                    + "[38.4, 38.7], best of n 38.2 %, base 32.2 %; over best of n +0.3 points [-2.1, 2.8]. This is a second draw, all of "
                    + "it new, with one more seed and the same settings and criterion; the arm that imitates the labels was added.",
                "What may favour the search: best of n draws half of its rollouts after one first line. What speaks against "
                    + "it: four in five trees are exhausted, at depth 2 with 13 or 14 nodes, its picks are as precise as those "
                    + "of best of n (0.48 and 0.47), and pass@8 falls under both (78 % to 71 %), not under imitation of labels. "
                    + "Critics tell pairs apart in 72 to 80 % of cases, with one seed in 97 %.",
            ], seeds: 4, draw: 1)
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("improves without labels on the searched questions", "alphallm", over: "base", on: "mean@8", by: 0.01, weight: .core),
            .exceeds("search beats best of n", "alphallm", over: "best of n", on: "mean@8", weight: .core),
            .exceeds("greedy answers improve", "alphallm", over: "base", on: "greedy", weight: .required),
            .holdsUp("adaptive width helps", "alphallm", against: "fixed width", on: "mean@8", within: 0, weight: .reported),
            .exceeds("labels would have given more", "verified", over: "alphallm", on: "mean@8", weight: .reported),
            .exceeds("search beats imitating the labels", "alphallm", over: "verified rollouts", on: "mean@8", weight: .reported),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let course = StudyCourse(
            CountdownFamily(), levels: [1], generations: 1,
            evaluation: EvaluationSettings(problems: scale.pick(400, quick: 10)),
            curve: EvaluationSettings(problems: scale.pick(120, quick: 6), samplesPerProblem: 4))
        var searched = AlphaLLM.Settings()
        (searched.labelledProblems, searched.problems) = (scale.pick(1024, quick: 16), scale.pick(512, quick: 6))
        (searched.criticEpochs, searched.threshold) = (scale.pick(5, quick: 1), 0.5)
        (searched.samplesPerProblem, searched.search.rounds) = (scale.pick(12, quick: 4), scale.pick(24, quick: 4))
        // Wide, as countdown has a dozen sensible first steps: narrower trees are exhausted after a few nodes.
        (searched.search.rootChildren, searched.search.minimumChildren, searched.search.maximumChildren) = (24, 4, 8)
        var fixed = searched
        fixed.search.widening = 0
        var picked = searched
        (picked.search.rounds, picked.search.rollouts) = (1, scale.pick(13, quick: 4))
        var verified = ExpertIteration.Settings()
        (verified.problems, verified.samplesPerProblem) = (searched.problems, 24)
        (verified.keptPerProblem, verified.epochs) = (searched.keptPerProblem, searched.epochs)
        var rollouts = verified
        (rollouts.problems, rollouts.samplesPerProblem) = (searched.labelledProblems, scale.pick(22, quick: 8))
        return [
            .base(along: course),
            try .training("best of n", "learns what the critics pick among rollouts", AlphaLLM.self, picked, along: course),
            try .training(
                "fixed width", "search with \(fixed.search.minimumChildren) children everywhere", AlphaLLM.self, fixed, along: course,
                budget: .own(because: "an ablation, whose trees stop growing earlier")),
            try .training("alphallm", "learns what the search finds best", AlphaLLM.self, searched, along: course),
            try .training(
                "verified", "imitates verified answers to the searched questions", ExpertIteration.self, verified, along: course,
                budget: .own(because: "it sees verdicts on questions that the search answers without")),
            try .training(
                "verified rollouts", "imitates verified answers to the questions that teach the critics", ExpertIteration.self, rollouts,
                along: course),
        ]
    }
}
