import Autodidact
import Recipes
import TaskLibrary

/// Self-rewarded reinforcement of translation against a frozen judge, a trained one, and the exact metric.
struct SSRZeroStudy: Study {
    private static let levels = [1, 2]

    var card: StudyCard {
        StudyCard(
            slug: "ssr-zero", title: "SSR-Zero", arxiv: "2505.16637",
            claim: "A policy that scores its own translations and is reinforced by that score alone translates better, and an additional "
                + "signal on top helps more.",
            quantity: StudyQuantity("quality", title: "mean score (token F1, hidden from the policy)"),
            curves: [
                StudyQuantity("mean@4", title: "exact translations, mean@4"),
                StudyQuantity("reward/gap", title: "own score less truth", unit: .number),
                StudyQuantity("reward/own", title: "own score while training"),
                StudyQuantity("reward/rank_correlation", title: "rank correlation of own score and truth", unit: .number),
            ],
            notes: [
                "Translation between two constructed languages, levels 1 and 2; the score is read as its expectation from logprobs.",
                "The second signal of SSR-X is the verifier's score on one problem in ten.",
                "Tried first, with seed 1 alone: learning rate 2e-4 and no KL. Truth rose for twelve steps (mean@4 0.45 to 0.54) and then "
                    + "fell to 0.09, while the own score went on rising, with a live as with a frozen judge. Every arm is now held to the "
                    + "base by a KL of weight 0.1.",
                "The trained judge learned the exact score of 800 responses to other problems; its tokens are counted.",
                "A first draw of problems, three seeds and 36 steps of 32 questions came out as not reproduced: 79.4 % to 81.1 % [78.9, "
                    + "83.2]. Its held-out curves rose up to step 24 and fell after it, as the rank correlation of the own score with "
                    + "truth fell from 0.4 to 0.1. Hence 24 steps, of 64 questions. This is a second draw, all of it new, with more seeds "
                    + "and the same criterion.",
            ], seeds: 6, draw: 1)
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("improves without references", "ssr-zero", over: "base", on: "quality", by: 0.01, weight: .core),
            .exceeds("more exact translations", "ssr-zero", over: "base", on: "mean@8", weight: .required),
            .exceeds("an additional signal helps", "ssr-x", over: "ssr-zero", on: "quality", weight: .required),
            .holdsUp(
                "a live judge is no worse than a frozen one", "ssr-zero", against: "frozen judge", on: "quality", within: 0.01,
                weight: .reported),
            .exceeds("the exact metric is an upper bound", "verifier", over: "ssr-zero", on: "quality", weight: .reported),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let family = TranslationFamily()
        let course = StudyCourse(
            family, levels: Self.levels, generations: scale.pick(2, quick: 1),
            evaluation: EvaluationSettings(problems: scale.pick(300, quick: 10)),
            curve: EvaluationSettings(problems: scale.pick(100, quick: 6), samplesPerProblem: 4))
        var own = SSRZero.Settings()
        (own.steps, own.questionsPerStep) = (scale.pick(12, quick: 2), scale.pick(64, quick: 4))
        (own.learningRate, own.klCoefficient) = (1e-4, 0.1)
        var frozen = own
        frozen.judge = .base
        var mixed = JudgedReinforcement.Settings()
        (mixed.steps, mixed.problemsPerStep, mixed.learningRate) = (own.steps, own.questionsPerStep, own.learningRate)
        mixed.klCoefficient = own.klCoefficient
        mixed.lessons = scale.pick(200, quick: 4)
        var trained = mixed
        (trained.judging, trained.verifiedShare) = (.trained, 0)
        var verified = mixed
        verified.verifiedShare = 1
        let measure: @Sendable (StudyBench, inout Measurements) async throws -> Void = { bench, measurements in
            let problems = try bench.problems(scale.pick(300, quick: 8), of: family, levels: Self.levels)
            let groups = try await bench.attempts(
                on: problems, of: family, samplesPerProblem: 4, options: bench.sampling(family, temperature: 1))
            let truths = groups.joined().map { $0.verdict.reward ?? 0 }
            measurements["quality"] = truths.reduce(0, +) / Double(max(1, truths.count))
            measurements.rest(onProblems: problems.count)
        }
        let recipe = JudgedReinforcement.self
        return [
            .base(along: course, atEnd: measure),
            try .training("ssr-zero", "judges itself, live", SSRZero.self, own, along: course, atEnd: measure),
            try .training("frozen judge", "judged by the base", SSRZero.self, frozen, along: course, atEnd: measure),
            try .training(
                "trained judge", "judged by a second model that learned the exact score", recipe, trained, along: course,
                budget: .own(because: "its judge's lessons are sampled as well"), atEnd: measure),
            try .training(
                "ssr-x", "judges itself, with the exact score on one problem in ten", recipe, mixed, along: course, atEnd: measure),
            try .training(
                "verifier", "the exact score everywhere", recipe, verified, along: course,
                budget: .own(because: "an upper bound that sees references"), atEnd: measure),
        ]
    }
}
