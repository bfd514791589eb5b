import Autodidact
import Randomness
import Recipes
import TaskLibrary

/// What consistency says of correctness, in layers, decoders and responses; and what fine-tuning on it does at three difficulties.
struct InternalConsistencyStudy: Study {
    /// Easy, middling and hard for the base: they stand for the training stages of the catalogue's study.
    private static let levels = [1, 2, 3]

    var card: StudyCard {
        StudyCard(
            slug: "internal-consistency", title: "ICSF", arxiv: "2407.14507",
            claim:
                "Agreement of a model with itself is (almost) correctness: it predicts which answers are right, grows over the layers, and "
                + "fine-tuning on what is most consistent raises consistency always and accuracy where the model is mostly right.",
            quantity: StudyQuantity("accuracy gain", title: "gain in mean@16 over the base"),
            curves: [],
            notes: [
                "Arithmetic at levels 1 to 3, on which the base is mostly, sometimes and rarely right.",
                "P(yes) of this base model is no better than chance, so the arm by self-evaluation selects at random.",
                "One of three updates (fine-tuning) and three of four signals of the catalogue's matrix are tried; direct answers against "
                    + "written chains are not.",
                "Decoders: greedy, temperature 0.5, top-k 5, top-p 0.9 and temperature 1 (the sampler has no beam search).",
                "Agreement is over 16 responses at temperature 1; what it is held against is the greedy answer, which is none of them.",
                "A first run compared decoders and responses on different problems, exits by the beginning of the text, and agreement "
                    + "with the mean of the very responses; it was discarded.",
                "Layers: greedy answers of early exits through the final norm and head, against the whole model's.",
                "Seen before, three seeds each on a first draw of problems: reproduced, on an earlier base and on this one. There the "
                    + "correlation of 0.84 pooled three levels; within them it was 0.42, 0.75 and 0.58. Accuracy rose at level 2 too "
                    + "(base 28 %), so the crossover near 40 % that the catalogue expects was not seen; agreement with the whole model "
                    + "rose in one jump at the last layer. This is a second draw, all of it new, with more seeds, the same criterion, and "
                    + "these points added to it without a vote.",
                "What the criterion does not ask: choosing questions by agreement is not shown to be better than by "
                    + "self-evaluation, which chooses at random (level 2: +0.6 points [-0.9, 2.1] in accuracy), so the majority "
                    + "as teacher may do the work; accuracy rises at every level, not only where the base is mostly right; and "
                    + "the majority's own accuracy falls (level 1 by 3.2 points [0.7, 5.7]).",
            ], seeds: 5, draw: 1)
    }

    var criteria: [StudyCriterion] {
        [
            .isPositive("agreement predicts correctness", "base", on: "agreement correlation", above: 0.4, weight: .core),
            .exceedsWithin(
                "consistency grows over the layers", "base", "last exit agreement", over: "first exit agreement", weight: .required),
            .exceedsWithin(
                "decoders agree more than responses", "base", "decoder agreement", over: "response agreement", weight: .required),
            .isPositive("raises consistency where right", "level 1", on: "agreement gain", weight: .required),
            .isPositive("raises consistency where wrong", "level 3", on: "agreement gain", weight: .core),
            .isPositive("raises accuracy where right", "level 1", on: "accuracy gain", weight: .core),
            .exceeds("raises it less where wrong", "level 1", over: "level 3", on: "accuracy gain", weight: .required),
            .isPositive("predicts within level 1", "base", on: "agreement correlation level 1", above: 0.4, weight: .reported),
            .isPositive("predicts within level 2", "base", on: "agreement correlation level 2", above: 0.4, weight: .reported),
            .isPositive("predicts within level 3", "base", on: "agreement correlation level 3", above: 0.4, weight: .reported),
            .isNotPositive("raises no accuracy where mostly wrong", "level 2", on: "accuracy gain", weight: .reported),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let family = ArithmeticFamily()
        let (problems, generations) = (scale.pick(200, quick: 6), scale.pick(2, quick: 1))
        let common = ["task": family.card.slug, "problems": "\(problems)", "generations": "\(generations)"]
        func arm(_ level: Int, _ signal: InternalConsistency.Signal, _ name: String) throws -> StudyArm {
            var settings = InternalConsistency.Settings()
            settings.signal = signal
            settings.questions = scale.pick(settings.questions, quick: 8)
            try settings.validate()
            let recipe = InternalConsistency(settings: settings)
            let text = StudyArm.text(of: settings, in: InternalConsistency.self).merging(common) { $1 }.merging(["levels": "\(level)"]) {
                $1
            }
            return StudyArm(
                name, "fine-tuned on its most consistent half at level \(level), by \(signal.rawValue)",
                budget: .own(because: "answers are longer at higher levels"), settings: text
            ) { bench in
                var measurements = Measurements()
                let before = try await Self.responses(on: bench, family, level: level, problems: problems)
                try await bench.train(recipe, on: family, levels: [level], generations: generations) {
                    measurements.append($0.metrics, step: $0.number)
                }
                let after = try await Self.responses(on: bench, family, level: level, problems: problems)
                (measurements["accuracy"], measurements["agreement"]) = (after.accuracy, after.agreement)
                measurements["accuracy gain"] = after.accuracy - before.accuracy
                measurements["agreement gain"] = after.agreement - before.agreement
                measurements["vote accuracy"] = after.voteAccuracy
                measurements.rest(onProblems: problems)
                return measurements
            }
        }
        let base = StudyArm(
            "base", "the base model: what its consistency says", budget: .own(because: "it does not train"), settings: common
        ) { bench in
            try await Self.consistency(on: bench, family, problems: problems)
        }
        return [base]
            + (try Self.levels.map { try arm($0, .agreement, "level \($0)") })
            + (try [InternalConsistency.Signal.likelihood, .selfEvaluation].map { try arm(2, $0, "level 2 by \($0.rawValue)") })
    }

    /// Sixteen responses to each problem of a level.
    private static func responses(
        on bench: StudyBench, _ family: ArithmeticFamily, level: Int, problems count: Int
    ) async throws -> ResponseConsistency {
        let groups = try await bench.attempts(
            on: try bench.problems(count, of: family, levels: [level]), of: family, samplesPerProblem: 16,
            options: bench.sampling(family, temperature: 1), stream: "responses, seed \(bench.seed)")
        return ResponseConsistency(groups) { family.answer(in: $0.response, to: $0.problem.question) }
    }

    /// The base over all levels: responses, decoders and layers.
    private static func consistency(on bench: StudyBench, _ family: ArithmeticFamily, problems count: Int) async throws -> Measurements {
        var measurements = Measurements()
        var (agreement, correct) = ([Double](), [Double]())
        let room = bench.sampling(family, temperature: 1).maximumTokens
        for level in levels {
            let responses = try await responses(on: bench, family, level: level, problems: count)
            // Whether the greedy answer is right, which is none of the responses whose agreement is read.
            let greedy = try await bench.attempts(
                on: try bench.problems(count, of: family, levels: [level]), of: family, samplesPerProblem: 1,
                options: .greedy(maximumTokens: room))
            let right = greedy.joined().map { $0.verdict.isCorrect ? 1.0 : 0 }
            agreement += responses.agreements
            correct += right
            measurements["agreement correlation level \(level)"] = pearsonCorrelation(responses.agreements, right) ?? 0
            measurements["accuracy level \(level)"] = responses.accuracy
            measurements["vote accuracy level \(level)"] = responses.voteAccuracy
        }
        measurements["agreement correlation"] = pearsonCorrelation(agreement, correct) ?? 0
        let problems = try bench.problems(count, of: family, levels: [1, 2])
        let decoders = [
            SamplingOptions.greedy(maximumTokens: room), SamplingOptions(temperature: 0.5, maximumTokens: room),
            SamplingOptions(topK: 5, maximumTokens: room), SamplingOptions(topP: 0.9, maximumTokens: room),
            SamplingOptions(maximumTokens: room),
        ]
        var byDecoder: [[Episode]] = []
        for options in decoders {
            byDecoder.append(
                try await bench.attempts(
                    on: problems, of: family, samplesPerProblem: 1, options: options,
                    stream: "decoder \(byDecoder.count), seed \(bench.seed)"
                ).flatMap { $0 })
        }
        let decoded = ResponseConsistency(problems.indices.map { problem in byDecoder.map { $0[problem] } }) {
            family.answer(in: $0.response, to: $0.problem.question)
        }
        measurements["decoder agreement"] = decoded.agreement
        // As many responses as decoders, to the same problems: agreement falls with the number that must agree.
        let sampled = try await bench.attempts(
            on: problems, of: family, samplesPerProblem: decoders.count, options: bench.sampling(family, temperature: 1),
            stream: "decoded responses, seed \(bench.seed)")
        measurements["response agreement"] =
            ResponseConsistency(sampled) { family.answer(in: $0.response, to: $0.problem.question) }.agreement
        guard let layered = bench.policy as? any EarlyExitPolicy else { throw StudyError.lacks("early exits", policy: bench.policy.name) }
        var exits: [Double] = []
        for layer in 1..<layered.layers {
            let answers = try await bench.attempts(
                on: problems, of: family, samplesPerProblem: 1, options: .greedy(maximumTokens: room), by: layered.exit(afterLayer: layer)
            ).flatMap { $0 }
            let same = zip(answers, byDecoder[0]).count { early, whole in
                let answer = family.answer(in: whole.response, to: whole.problem.question)
                return answer != nil && family.answer(in: early.response, to: early.problem.question) == answer
            }
            exits.append(Double(same) / Double(max(1, answers.count)))
            measurements["exit \(layer) agreement"] = exits.last
        }
        (measurements["first exit agreement"], measurements["last exit agreement"]) = (exits.first ?? 0, exits.last ?? 0)
        measurements["accuracy gain"] = 0
        measurements.rest(onProblems: count * levels.count)
        return measurements
    }
}

/// How far the responses to each problem agree, and how right they are.
private struct ResponseConsistency {
    let agreements: [Double]
    let accuracies: [Double]
    /// Whether the most frequent answer is right, by problem.
    let votes: [Double]

    init(_ groups: [[Episode]], answer: (Episode) -> String?) {
        let root = SeedTree(root: 0x766F_7465)
        var (agreements, accuracies, votes) = ([Double](), [Double](), [Double]())
        for group in groups {
            let answers = group.map(answer)
            let ballot = Votes(answers)
            agreements.append(ballot.agreement ?? 0)
            accuracies.append(Double(group.count { $0.verdict.isCorrect }) / Double(max(1, group.count)))
            let winner = ballot.winner(key: group.first.map { root(named: $0.problem.id) } ?? root)
            // One voter stands for the vote: responses of one answer may differ in being right.
            let voter = zip(group, answers).first { $1 == winner && winner != nil }?.0
            votes.append(voter?.verdict.isCorrect ?? false ? 1 : 0)
        }
        (self.agreements, self.accuracies, self.votes) = (agreements, accuracies, votes)
    }

    var agreement: Double { Self.mean(agreements) }
    var accuracy: Double { Self.mean(accuracies) }
    var voteAccuracy: Double { Self.mean(votes) }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
}

extension StudyCriterion {
    /// One figure of an arm exceeds another of the same arm in every seed.
    fileprivate static func exceedsWithin(
        _ name: String, _ arm: String, _ measurement: String, over other: String, weight: Weight
    ) -> StudyCriterion {
        StudyCriterion(name, "\(measurement) of '\(arm)' exceeds its \(other) with every seed", weight: weight) {
            (results) throws(StudyError) in
            let (first, second) = (try results.values(measurement, of: arm), try results.values(other, of: arm))
            return (
                zip(first, second).allSatisfy { $0 > $1 },
                [
                    StudyFigure(measurement, try results.estimate(measurement, of: arm)),
                    StudyFigure(other, try results.estimate(other, of: arm)),
                ]
            )
        }
    }
}
