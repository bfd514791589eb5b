import Autodidact
import Recipes
import TaskLibrary

/// Sharpening by imitation, by regression and with exploration, against what the base can do with more samples.
struct SharpeningStudy: Study {
    private static let levels = [1, 2]
    private static let samples = 16

    var card: StudyCard {
        StudyCard(
            slug: "sharpening", title: "Sharpening", arxiv: "2412.01951",
            claim:
                "Moving probability onto the responses that a model itself finds likeliest improves it without any feedback: the best of N "
                + "by own likelihood is more often right, and training amortises that gain into one sample.",
            quantity: StudyQuantity("mean@8", title: "mean@8 on sealed problems"),
            curves: [
                StudyQuantity("mean@4", title: "held-out mean@4"),
                StudyQuantity("sharpness/mass_on_best", title: "probability of the likeliest sampled response"),
            ],
            notes: [
                "Arithmetic, levels 1 and 2; N = \(Self.samples). Likelihoods are the base's, never the updated model's.",
                "XPO samples from the base too, so it draws half as many questions.",
                "No low-coverage family is planted: whether exploration helps where the base hardly covers its own mode is not studied "
                    + "here.",
                "Seen before, three seeds each on a first draw of problems: on an earlier base partly, because its greedy responses were "
                    + "as often right as the best of N; on this base reproduced (sft 63.0 %, base 54.9 %). This is a second draw, all of "
                    + "it new, with more seeds and the same criterion.",
                "Fine-tuning sharpens samples, and costs greedy answers: sft ends at 62.1 % sampled and 64.6 % greedy, the "
                    + "base's own greedy answers are right in 69.3 %.",
            ], seeds: 5, draw: 1)
    }

    var criteria: [StudyCriterion] {
        [
            StudyCriterion(
                "likeliest is better",
                "the base's best of \(Self.samples) by own likelihood is right more often than its samples by more than 0.02, and than its "
                    + "greedy responses, in every seed (draws of its own, the same problems)", weight: .core
            ) { (results) throws(StudyError) in
                let names = ["best of N", "mean of N", "greedy, same problems"]
                var values: [[Double]] = []
                for name in names { values.append(try results.values(name, of: "base")) }
                let holds = values[0].indices.allSatisfy { values[0][$0] > values[1][$0] + 0.02 && values[0][$0] > values[2][$0] }
                var figures: [StudyFigure] = []
                for name in names { figures.append(StudyFigure(name, try results.estimate(name, of: "base"))) }
                return (holds, figures)
            },
            .exceeds("imitation amortises it", "sft", over: "base", on: "mean@8", by: 0.02, weight: .core),
            .exceeds("its samples are likelier under the base", "sft", over: "base", on: "base likelihood", weight: .required),
            .exceeds("regression amortises it", "rlhf", over: "base", on: "mean@8", weight: .required),
            .holdsUp("exploration does not hurt", "xpo", against: "rlhf", on: "mean@8", within: 0.03, weight: .reported),
            .holdsUp("greedy is no worse", "sft", against: "base", on: "greedy", within: 0.02, weight: .reported),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let family = ArithmeticFamily()
        let course = StudyCourse(
            family, levels: Self.levels, generations: scale.pick(3, quick: 1),
            evaluation: EvaluationSettings(problems: scale.pick(300, quick: 10)),
            curve: EvaluationSettings(problems: scale.pick(100, quick: 6), samplesPerProblem: 4))
        let problems = scale.pick(200, quick: 6)
        var imitation = Sharpening.Settings()
        (imitation.questions, imitation.samplesPerQuestion) = (scale.pick(300, quick: 8), Self.samples)
        (imitation.learningRate, imitation.sequencesPerStep) = (5e-4, 32)
        var regression = imitation
        (regression.method, regression.learningRate, regression.sequencesPerStep) = (.rlhf, 1e-4, 128)
        var exploring = regression
        (exploring.method, exploring.questions, exploring.rounds) = (.xpo, regression.questions / 2, 2)
        func arm(_ name: String, _ summary: String, _ settings: Sharpening.Settings) throws -> StudyArm {
            try settings.validate()
            let text = StudyArm.text(of: settings, in: Sharpening.self).merging(course.settings) { $1 }
            return StudyArm(name, summary, settings: text) { bench in
                let base = try await bench.policy.frozen()
                var measurements = try await course.follow(Sharpening(settings: settings), on: bench)
                try await Self.measure(bench, family, under: base, problems: problems, into: &measurements)
                return measurements
            }
        }
        return [
            .base(along: course) { bench, measurements in
                try await Self.measure(bench, family, under: bench.policy, problems: problems, into: &measurements)
            },
            try arm("sft", "imitates its likeliest of N", imitation), try arm("rlhf", "regression on pairs of its own", regression),
            try arm("xpo", "the same online, with exploration", exploring),
        ]
    }

    /// What N samples are worth by the base's likelihood, and how likely they are: `best of N`, `majority`, `base likelihood`.
    private static func measure(
        _ bench: StudyBench, _ family: ArithmeticFamily, under base: any Policy, problems count: Int,
        into measurements: inout Measurements
    ) async throws {
        let problems = try bench.problems(count, of: family, levels: levels)
        let options = bench.sampling(family, temperature: 1)
        let groups = try await bench.attempts(
            on: problems, of: family, samplesPerProblem: samples, options: options, stream: "best of N, seed \(bench.seed)")
        let greedy = try await bench.attempts(
            on: problems, of: family, samplesPerProblem: 1, options: .greedy(maximumTokens: options.maximumTokens))
        measurements["greedy, same problems"] = Double(greedy.joined().count { $0.verdict.isCorrect }) / Double(max(1, problems.count))
        measurements["mean of N"] =
            Double(groups.joined().count { $0.verdict.isCorrect }) / Double(max(1, groups.joined().count))
        let scored = try await base.logprobs(
            of: groups.joined().map { ScoredSequence(context: $0.turns[0].tokens, targets: $0.turns[1].tokens) })
        var likelihoods = scored.map(\.sum)[...]
        measurements["base likelihood"] = likelihoods.reduce(0, +) / Double(max(1, likelihoods.count))
        var (best, majority) = (0, 0)
        for group in groups {
            let own = Array(likelihoods.prefix(group.count))
            likelihoods = likelihoods.dropFirst(group.count)
            let top = own.indices.max { own[$0] < own[$1] }
            if let top, group[top].verdict.isCorrect { best += 1 }
            let votes = Votes(group.map { family.answer(in: $0.response, to: $0.problem.question) })
            let winner = votes.ballots.first?.answer
            let voter = group.first { winner != nil && family.answer(in: $0.response, to: $0.problem.question) == winner }
            if voter?.verdict.isCorrect ?? false { majority += 1 }
        }
        measurements["best of N"] = Double(best) / Double(max(1, groups.count))
        measurements["majority"] = Double(majority) / Double(max(1, groups.count))
    }
}
