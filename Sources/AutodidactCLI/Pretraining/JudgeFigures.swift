import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import Reports
import TaskLibrary

/// How well a base model judges: on held-out problems, its own responses by verdict or score, demonstrated actions step by step.
struct JudgeFigures: Encodable, Sendable {
    let form: DemonstrationForm
    let task: String
    let level: Int
    let n: Int
    /// The share of right answers, the more probable one being taken; nil for scores.
    let accuracy: Double?
    /// Spearman's, between what is expected of the answer and the truth; nil where either does not vary.
    let rankCorrelation: Double?

    /// The figures of everything that the plan teaches to judge.
    static func measure(_ policy: EmbeddedPolicy, plan: PretrainingPlan, problems: Int) async throws -> [JudgeFigures] {
        var figures: [JudgeFigures] = []
        for share in plan.mixture where [.yesNo, .score, .step].contains(share.form) {
            let family = try TaskCatalogue.family(named: share.task)
            var stream = family.problems(.heldOut, levels: [share.level], key: key("problems"))
            let judged = try await judgements(share.form, family: family, problems: stream.next(problems), policy: policy)
            let expected = try await expectations(judged.map(\.prompt), answers: answers(to: share.form), policy: policy)
            let truths = judged.map(\.truth)
            let right = zip(expected, truths).count { ($0 > 0.5) == ($1 > 0.5) }
            figures.append(
                JudgeFigures(
                    form: share.form, task: share.task, level: share.level, n: truths.count,
                    accuracy: share.form == .score ? nil : Double(right) / Double(max(1, truths.count)),
                    rankCorrelation: spearmanCorrelation(expected, truths)))
        }
        return figures
    }

    /// The headings of `cells`.
    static let heads = ["judging", "task", "level", "n", "accuracy", "rank correlation"]

    /// One row.
    var cells: [String] {
        let correlation = rankCorrelation.map { String(format: "%.2f", $0) } ?? "–"
        return [form.name, task, "\(level)", "\(n)", accuracy.map { Figures.percent($0) } ?? "–", correlation]
    }

    private static let key = SeedTree(root: 0x6A75_6467)

    /// What is asked, and how good the judged thing truly is, 0…1.
    private static func judgements(
        _ form: DemonstrationForm, family: any ProceduralFamily, problems: [Problem], policy: EmbeddedPolicy
    ) async throws -> [(prompt: String, truth: Double)] {
        if form == .step {
            var generator = key("steps").generator
            return problems.map { DemonstrationWriter(family: family, labelNoise: 0).judgedStep(of: $0, using: &generator) }
                .map { ($0.prompt, $0.isGood ? 1 : 0) }
        }
        let requests = problems.map { SamplingRequest(prompt: policy.encode($0.prompt), count: 1, key: key(named: $0.id)) }
        let options = SamplingOptions(maximumTokens: family.card.maximumResponseTokens)
        var judged: [(String, Double)] = []
        for (problem, completions) in zip(problems, try await policy.sample(requests, options: options)) {
            let response = policy.decode(completions[0].tokens)
            let truth = await family.verifier.verdict(on: response, for: problem).reward ?? 0
            let question = problem.prompt
            let prompt =
                form == .score
                ? FeedbackPrompts.score(prompt: question, response: response) : FeedbackPrompts.yesNo(prompt: question, response: response)
            judged.append((prompt, truth))
        }
        return judged
    }

    /// The answers and what they are worth.
    private static func answers(to form: DemonstrationForm) -> [(text: String, worth: Double)] {
        switch form {
        case .score: FeedbackPrompts.scoreAnswers.map { ($0, (Double($0) ?? 0) / 100) }
        case .step: [(FeedbackPrompts.stepAnswers.good, 1), (FeedbackPrompts.stepAnswers.bad, 0)]
        default: [(FeedbackPrompts.yesNoAnswers.yes, 1), (FeedbackPrompts.yesNoAnswers.no, 0)]
        }
    }

    /// The mean worth of the answers under their probabilities, each with its end of text, so that `10` is not taken for `100`'s beginning.
    private static func expectations(
        _ prompts: [String], answers: [(text: String, worth: Double)], policy: EmbeddedPolicy
    ) async throws -> [Double] {
        let ends = policy.model.endOfTextTokens.sorted().prefix(1)
        let sequences = prompts.flatMap { prompt in
            answers.map { ScoredSequence(context: policy.encode(prompt), targets: policy.encode($0.text) + ends) }
        }
        let logprobs = try await policy.logprobs(of: sequences)
        return prompts.indices.map { place in
            let weights = answers.indices.map { exp(logprobs[place * answers.count + $0].values.reduce(0) { $0 + Double($1) }) }
            return zip(weights, answers).reduce(0) { $0 + $1.0 * $1.1.worth } / weights.reduce(0, +)
        }
    }
}
