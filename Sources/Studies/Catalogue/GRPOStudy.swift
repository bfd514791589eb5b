import Autodidact
import Recipes
import TaskLibrary

/// Group-relative policy gradients against imitation of what is correct, from equally many samples.
struct GRPOStudy: Study {
    var card: StudyCard {
        StudyCard(
            slug: "grpo", title: "GRPO", arxiv: "2402.03300",
            claim: "A policy moved by its responses' rewards relative to their group learns more from equally many samples than one that "
                + "imitates its correct responses.",
            quantity: StudyQuantity("mean@8", title: "held-out mean@8"),
            curves: [
                StudyQuantity("mean@4", title: "held-out mean@4"), StudyQuantity("entropy", title: "entropy, nats a token", unit: .number),
            ],
            notes: [
                "One update on each rollout batch, so nothing is clipped; no KL penalty.",
                "Expert iteration keeps at most four correct responses a problem and trains once over them after each generation's sampling.",
            ])
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("learns", "grpo", over: "base", on: "mean@8", by: 0.02, weight: .required),
            .exceeds("beats imitation", "grpo", over: "expert-iteration", on: "mean@8", weight: .core),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let course = StudyCourse(
            CountdownFamily(), generations: scale.pick(6, quick: 1),
            evaluation: EvaluationSettings(problems: scale.pick(400, quick: 20)),
            curve: EvaluationSettings(problems: scale.pick(150, quick: 10), samplesPerProblem: 4))
        let (steps, problemsPerStep) = (scale.pick(10, quick: 2), scale.pick(64, quick: 8))
        var relative = GRPO.Settings()
        relative.steps = steps
        relative.problemsPerStep = problemsPerStep
        var imitation = ExpertIteration.Settings()
        imitation.problems = steps * problemsPerStep
        return [
            .base(along: course),
            try .training("expert-iteration", "imitates its correct responses", ExpertIteration.self, imitation, along: course),
            try .training("grpo", "is moved by rewards relative to the group", GRPO.self, relative, along: course),
        ]
    }
}
