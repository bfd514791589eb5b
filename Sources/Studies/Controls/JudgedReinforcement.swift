import Autodidact
import Randomness
import Recipes

/// GRPO on scores from a judge of one's choice, on a share of the problems replaced by the verifier's: the controls of SSR-Zero.
struct JudgedReinforcement: Recipe {
    static let card = RecipeCard(
        slug: "judged-reinforcement", name: "Judged reinforcement", family: "Controls",
        paper: "SSR-Zero: Simple Self-Rewarding Reinforcement Learning for Machine Translation, controls (Yang et al.)",
        arxiv: "2505.16637", summary: "GRPO on a judge's scores, mixed with the verifier's", needs: [.logprobs, .training, .snapshots],
        judges: [.itself, .critic])

    /// Who judges what the verifier does not.
    enum Judging: String, Sendable, Hashable, Codable, CaseIterable {
        /// The policy that learns.
        case live
        /// A copy of the base, trained on verified responses to other problems before the first step.
        case trained
    }

    struct Settings: RecipeSettings {
        @Setting("rollout batches in a generation", 1...CountLimits.repetitions) var steps = 60
        @Setting("problems of a rollout batch", 1...CountLimits.repetitions) var problemsPerStep = 32
        @Setting("responses to each problem, the group", 2...CountLimits.samples) var samplesPerProblem = 8
        @Setting("who judges what the verifier does not: live or trained") var judging = Judging.live
        @Setting("share of the problems that the verifier scores", 0...1) var verifiedShare = 0.1
        @Setting("problems whose verified responses teach a trained judge", 1...CountLimits.items) var lessons = 200
        @Setting("weight of the KL to the base; 0 = no reference is made", 0...1000) var klCoefficient = 0.0
        @Setting("constant learning rate", 1e-9...1) var learningRate: Float = 1e-4
    }

    /// Responses to each problem that teaches a trained judge.
    private static let samplesPerLesson = 4

    private let settings: Settings

    init(settings: Settings) { self.settings = settings }

    var budget: GenerationBudget {
        let problems = settings.steps * settings.problemsPerStep
        let episodes = problems * settings.samplesPerProblem
        let isTaught = settings.judging == .trained
        let lessons = isTaught ? settings.lessons * Self.samplesPerLesson : 0
        let hasBase = settings.klCoefficient != 0
        return GenerationBudget(
            problems: problems + (isTaught ? settings.lessons : 0), episodes: episodes + lessons, trainedSequences: episodes,
            optimizerSteps: settings.steps, referenceSequences: hasBase ? episodes : 0,
            probeSequences: episodes * FeedbackPrompts.scoreAnswers.count, criticSequences: lessons * judgePlan.epochs,
            criticSteps: judgePlan.stepsPerEpoch(examples: lessons) * judgePlan.epochs, references: hasBase ? 1 : 0,
            critics: isTaught ? 1 : 0)
    }

    private var judgePlan: TrainingPlan {
        TrainingPlan(
            epochs: 2, sequencesPerStep: 64, warmUpSteps: 3, optimizer: OptimizerParameters(learningRate: settings.learningRate * 3))
    }

    func improve(in workshop: Workshop) async throws {
        let judge = settings.judging == .live ? workshop.policy : try await trainedJudge(in: workshop)
        let options = workshop.sampling(temperature: 1)
        let base = settings.klCoefficient != 0 ? try await workshop.reference(.base) : nil
        for _ in 0..<settings.steps {
            let groups_P = try await workshop.rollouts(
                on: try await workshop.problems(settings.problemsPerStep), samplesPerProblem: settings.samplesPerProblem, options: options)
            let judged = groups_P.joined().map { LabelProbe.score(of: $0.canonicalResponse, to: $0.problem.question) }
            let said = try await workshop.expectedScore(of: judged, by: judge)
            // The same condition of form as SSR-Zero's.
            var scores = zip(groups_P.joined(), said).map { $0.isComplete ? $1 : 0 }[...]
            var batch: [TrainingExample] = []
            for (group, episodes_G) in groups_P.enumerated() {
                defer { scores = scores.dropFirst(episodes_G.count) }
                let isVerified = workshop.seed("verified")(named: episodes_G[0].problem.id).generator.firstUniform < settings.verifiedShare
                let reward_G = isVerified ? episodes_G.map(\.verdict.reward) : Array(scores.prefix(episodes_G.count))
                batch += zip(episodes_G, zip(reward_G, groupNormalized(reward_G))).filter { $1.0 != nil }
                    .map { TrainingExample($0, advantage: Float($1.1), group: group) }
            }
            if batch.isEmpty { continue }
            if let base { batch = try await workshop.scored(batch, by: base) }
            try await workshop.step(
                on: batch, objective: GroupRelative(klCoefficient: settings.klCoefficient),
                optimizer: OptimizerParameters(learningRate: settings.learningRate))
        }
    }

    /// A copy of the base that learned the verifier's scores of its own responses, in tens.
    private func trainedJudge(in workshop: Workshop) async throws -> Critic {
        let critic = try await workshop.copy(of: .base)
        let groups = try await workshop.rollouts(
            on: try await workshop.problems(settings.lessons), samplesPerProblem: Self.samplesPerLesson,
            options: workshop.sampling(temperature: 1))
        let lessons = try groups.joined().compactMap { episode in
            try episode.verdict.reward.map { reward in
                let probe = LabelProbe.score(of: episode.canonicalResponse, to: episode.problem.question)
                return try probe.lesson(Int((reward * 10).rounded()), about: episode.problem.question, for: critic)
            }
        }
        try await workshop.train(critic, on: lessons, objective: SupervisedFineTuning(), plan: judgePlan)
        return critic
    }
}

extension KeyedGenerator {
    /// The first number that a fresh generator draws, 0…1.
    fileprivate var firstUniform: Double {
        var copy = self
        return copy.uniform()
    }
}
