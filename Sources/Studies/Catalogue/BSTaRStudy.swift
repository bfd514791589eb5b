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
                "The reward is the verdict alone (no process critic), so its precision is always 1: the threshold, half of the mechanism, "
                    + "is not tested; what is tuned is the temperature, with the cap that follows.",
                "The grid of temperatures has no 0.7, the rival that won. Greedy answers, the paper's measure, do not tell the arms "
                    + "apart: 42.4 % at 1.0, 42.5 % at 0.7, 42.6 % balanced. mean@8 at temperature 1 favours what sharpens, as low "
                    + "temperatures do.",
                "The same problems had been seen with an earlier base, three seeds: not reproduced (0.7 38.5 %, balanced 34.0 %).",
                "A first run on held-out problems came out the same: temperature 0.7 throughout was best, balanced choices lay between it "
                    + "and 1.0.",
                "The probe's samples count: the fixed arms get as many more problems to learn from.",
            ])
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("learns", "b-star", over: "base", on: "mean@8", by: 0.02, weight: .required),
            .exceeds("beats temperature 1.0", "b-star", over: "fixed 1.0", on: "mean@8", weight: .core),
            .exceeds("beats temperature 0.7", "b-star", over: "fixed 0.7", on: "mean@8", weight: .core),
            .exceeds("beats random choices", "b-star", over: "random", on: "mean@8", weight: .required),
            .holdsUp("keeps exploring", "b-star", against: "fixed 0.7", on: "pass@8", within: 0.01, weight: .required),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let course = StudyCourse(
            CountdownFamily(), levels: [1, 2], generations: scale.pick(6, quick: 1),
            evaluation: EvaluationSettings(problems: scale.pick(400, quick: 10)),
            curve: EvaluationSettings(problems: scale.pick(120, quick: 6), samplesPerProblem: 4))
        var balanced = BSTaR.Settings()
        (balanced.problems, balanced.samplesPerProblem) = (scale.pick(240, quick: 8), scale.pick(16, quick: 4))
        (balanced.probeProblems, balanced.temperatures) = (scale.pick(24, quick: 2), [0.4, 0.6, 0.8, 1, 1.2])
        var fixed = BSTaR.Settings()
        fixed.configuration = .fixed
        fixed.problems = balanced.problems + balanced.probeProblems * balanced.temperatures.count
        fixed.samplesPerProblem = balanced.samplesPerProblem
        // As many lessons: the cap lets as many responses pass in all.
        fixed.keptPerProblem = balanced.keptPerProblem * Double(balanced.problems) / Double(fixed.problems)
        var cool = fixed
        cool.temperature = 0.7
        var random = fixed
        (random.configuration, random.temperatures) = (.random, balanced.temperatures)
        return [
            .base(along: course),
            try .training("fixed 1.0", "online RFT at temperature 1", BSTaR.self, fixed, along: course),
            try .training("fixed 0.7", "online RFT at temperature 0.7", BSTaR.self, cool, along: course),
            try .training("random", "temperature and threshold at random", BSTaR.self, random, along: course),
            try .training("b-star", "temperature and threshold by the balance score", BSTaR.self, balanced, along: course),
        ]
    }
}
