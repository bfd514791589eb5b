import Autodidact
import Recipes
import TaskLibrary

/// Balanced self-training against fixed and random configurations.
struct BSTaRStudy: Study {
    var card: StudyCard {
        StudyCard(
            slug: "b-star", title: "B-STaR", arxiv: "2412.17256",
            claim:
                "In iterative self-training exploration fades; choosing temperature and reward threshold anew in each generation by a "
                + "balance score keeps gains going, above any fixed configuration.",
            quantity: StudyQuantity("mean@8", title: "mean@8 on sealed problems"),
            curves: [
                StudyQuantity("mean@4", title: "held-out mean@4"),
                StudyQuantity("tuning/temperature", title: "temperature chosen", unit: .number),
            ],
            notes: [
                "Countdown, levels 1 and 2, where a problem has several right derivations; six generations.",
                "The reward is the verdict and a fifth of a process critic's lowest P(yes). Every arm has the same critic, taught anew in "
                    + "each generation on continuations of 1,024 episodes; it tells right responses from wrong ones with an AUROC of "
                    + "about 0.65.",
                "The probe's samples count: the fixed arms get as many more problems to learn from.",
                "Greedy answers are the paper's measure, and reported. mean@8 at temperature 1 favours what sharpens, as low "
                    + "temperatures do.",
                "An earlier base, three seeds: not reproduced (0.7 38.5 %, balanced 34.0 %). The first draw on this one, three seeds, "
                    + "without the critic and with no 0.7 among the temperatures, too: 0.7 37.1 %, balanced 33.8 %, 1.0 33.7 %, at random "
                    + "32.7 %; greedy 42.5 %, 42.6 %, 42.4 %, 39.9 %. The critic and the temperatures of today were then tried there with "
                    + "one seed: 36.1 %, 34.2 %, 31.2 %, 35.4 %.",
                "The second draw came out alike: 37.1 %, 32.4 %, 32.6 %, 31.1 %. Its fixed arms learned from more responses, 802 and 880 a "
                    + "generation against 498 balanced and 936 at random, since they sample more problems in place of the probe. In this "
                    + "third draw, all of it new, with the same criterion, each arm learns from at most 440 of what it keeps.",
                "Nearly every response that is kept by choice is right, as thresholds fall between wrong and right ones: what is tuned is "
                    + "the temperature.",
            ], draw: 2)
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("learns", "b-star", over: "base", on: "mean@8", by: 0.02, weight: .required),
            .exceeds("beats temperature 1.0", "b-star", over: "fixed 1.0", on: "mean@8", weight: .core),
            .exceeds("beats temperature 0.7", "b-star", over: "fixed 0.7", on: "mean@8", weight: .core),
            .exceeds("beats random choices", "b-star", over: "random", on: "mean@8", weight: .required),
            .holdsUp("keeps exploring", "b-star", against: "fixed 0.7", on: "pass@8", within: 0.01, weight: .required),
            .matches("as many lessons as 1.0", "b-star", "fixed 1.0", on: "lessons", within: 60, weight: .reported),
            .matches("as many lessons as 0.7", "b-star", "fixed 0.7", on: "lessons", within: 60, weight: .reported),
            .exceeds("greedy answers beat temperature 1.0", "b-star", over: "fixed 1.0", on: "greedy", weight: .reported),
            .exceeds("greedy answers beat temperature 0.7", "b-star", over: "fixed 0.7", on: "greedy", weight: .reported),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let course = StudyCourse(
            CountdownFamily(), levels: [1, 2], generations: scale.pick(6, quick: 1),
            evaluation: EvaluationSettings(problems: scale.pick(400, quick: 10)),
            curve: EvaluationSettings(problems: scale.pick(120, quick: 6), samplesPerProblem: 4))
        var balanced = BSTaR.Settings()
        (balanced.problems, balanced.samplesPerProblem) = (scale.pick(240, quick: 8), scale.pick(16, quick: 4))
        (balanced.probeProblems, balanced.temperatures) = (scale.pick(24, quick: 2), [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1])
        (balanced.criticProblems, balanced.criticSamples) = (scale.pick(256, quick: 4), scale.pick(4, quick: 2))
        balanced.lessons = scale.pick(440, quick: 4)
        var fixed = BSTaR.Settings()
        fixed.lessons = balanced.lessons
        fixed.configuration = .fixed
        fixed.problems = balanced.problems + balanced.probeProblems * balanced.temperatures.count
        fixed.samplesPerProblem = balanced.samplesPerProblem
        (fixed.criticProblems, fixed.criticSamples) = (balanced.criticProblems, balanced.criticSamples)
        // The cap lets as many responses pass in all, and of what then is kept each arm learns from as much.
        fixed.keptPerProblem = balanced.keptPerProblem * Double(balanced.problems) / Double(fixed.problems)
        var cool = fixed
        cool.temperature = 0.7
        var random = fixed
        (random.configuration, random.temperatures) = (.random, balanced.temperatures)
        return [
            .base(along: course),
            try .training("fixed 1.0", "online RFT at temperature 1", BSTaR.self, fixed, along: course, atEnd: Self.countLessons),
            try .training("fixed 0.7", "online RFT at temperature 0.7", BSTaR.self, cool, along: course, atEnd: Self.countLessons),
            try .training("random", "temperature and threshold at random", BSTaR.self, random, along: course, atEnd: Self.countLessons),
            try .training(
                "b-star", "temperature and threshold by the balance score", BSTaR.self, balanced, along: course,
                atEnd: Self.countLessons),
        ]
    }

    /// `lessons`: the responses learned from in all generations together.
    @Sendable
    private static func countLessons(_ bench: StudyBench, _ measurements: inout Measurements) {
        measurements["lessons"] = measurements.series["selection/kept"]?.values.reduce(0, +) ?? 0
    }
}
