// Training Language Models to Self-Correct via Reinforcement Learning (SCoRe). Kumar, Zhuang, Agarwal, Su et al. arXiv:2409.12917
//
// The policy answers a problem, is asked to revise without being told whether it was right, and answers again. A first stage rewards
// only the second attempt while a strong KL holds the first one to the base model, so that the second must differ to earn more. The
// second stage rewards both attempts and adds a bonus for progress from the first to the second.
//
// Departures and metrics: SCoRe+Notes.swift. Card: Atlas/score.md

public import Autodidact

/// Two-stage reinforcement learning of self-correction.
public struct SCoRe: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "score", name: "SCoRe", family: "Reinforcement",
        paper: "Training Language Models to Self-Correct via Reinforcement Learning (Kumar, Zhuang, Agarwal, Su et al.)",
        arxiv: "2409.12917",
        summary: "answer, revise without feedback, and be rewarded for progress from the first attempt to the second",
        needs: [.logprobs, .training, .snapshots])

    /// The settings of one generation.
    public struct Settings: RecipeSettings {
        /// Rollout batches, each followed by one update.
        @Setting("rollout batches in a generation (paper: 3,000 on MATH, 1,500 on MBPP)", 1...CountLimits.repetitions)
        public var steps = 140
        /// Of these, in the first generation, how many belong to stage I.
        @Setting("of the first generation's, how many belong to stage I (paper: not stated)", 0...CountLimits.repetitions)
        public var stageOneSteps = 130
        /// Problems of one rollout batch.
        @Setting("problems of a rollout batch (paper: 512 episodes on MATH, 128 on MBPP)", 1...CountLimits.repetitions)
        public var problemsPerStep = 12
        /// Episodes of two attempts at each: the group of the baseline.
        @Setting("episodes of two attempts at each problem (paper: not stated)", 2...CountLimits.samples) public var samplesPerProblem = 8
        /// The sampling temperature.
        @Setting("sampling temperature (paper: 1)", 0.01...10) public var temperature: Float = 1
        /// The most tokens of an attempt; 0 as many as the task's longest answer needs.
        @Setting("most tokens of an attempt; 0 = as many as the task's longest answer needs", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// α: the weight of the progress from the first attempt to the second.
        @Setting("α, weight of the progress between attempts in stage II (paper: 10)", 0...1000) public var progressBonus = 10.0
        /// β₁: the weight of the KL to the base on both attempts.
        @Setting("β₁, weight of the KL to the base on both attempts (paper: 0.01)", 1e-6...1000) public var klCoefficient = 0.01
        /// β₂: the weight of the KL to the base on first attempts in stage I, added to β₁.
        @Setting("β₂, added to it on first attempts in stage I (paper: 0.1 on MATH, 0.25 on MBPP)", 0...1000)
        public var firstAttemptKL = 2.0
        /// The constant learning rate.
        @Setting("constant learning rate (paper: 5e-6 on MATH, 1e-5 on MBPP)", 1e-9...1) public var learningRate: Float = 4e-4

        /// The miniature's values.
        public init() {}

        /// Refuses a stage I that could not end.
        public func validateTogether() throws(SettingsError) {
            try CountLimits.check(stageOneSteps, key: "stageOneSteps", in: 0...steps, as: "steps", is: steps)
        }
    }

    private let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most that one generation draws, scores and trains on: as if both attempts of every episode were judged.
    public var budget: GenerationBudget {
        let problems = settings.steps * settings.problemsPerStep
        let episodes = problems * settings.samplesPerProblem
        return GenerationBudget(
            problems: problems, episodes: episodes, trainedSequences: episodes, optimizerSteps: settings.steps,
            referenceSequences: episodes, references: 1)
    }

    /// Two attempts, in rollouts and in evaluation: what counts is the second.
    public func usage(of family: any TaskFamily) -> PolicyUsage { .twoAttempts(at: family, request: FeedbackPrompts.revision) }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let objective = PolicyGradient(klCoefficient: settings.klCoefficient)
        let options = workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens)
        let base = try await workshop.reference(.base)                                            // π_ref
        for step in 0..<settings.steps {
            let isStageOne = workshop.generation == 1 && step < settings.stageOneSteps
            let groups_P = try await workshop.rollouts(                                           // y₁ ~ π(·|x), y₂ ~ π(·|x, y₁, p₁)
                on: try await workshop.problems(settings.problemsPerStep), samplesPerProblem: settings.samplesPerProblem,
                options: options)
            await workshop.recordTransitions(of: groups_P)
            let batch = groups_P.flatMap { examples($0, isStageOne: isStageOne) }
            if batch.isEmpty { continue }
            try await workshop.step(                                                              // ascend R − β KL(π ‖ π_ref)
                on: try await workshop.scored(batch, by: base), objective: objective,
                optimizer: OptimizerParameters(learningRate: settings.learningRate))
        }
    }

    /// The episodes of a problem whose two attempts were judged, each attempt with its own advantage and KL weight.
    private func examples(_ episodes_G: [Episode], isStageOne: Bool) -> [TrainingExample] {
        let judged_G = episodes_G.filter(\.hasTwoAttempts)
        let reward_GA = judged_G.map { rewards(first: $0.attempts[0].reward ?? 0, second: $0.attempts[1].reward ?? 0, isStageOne) }
        return zip(judged_G, perAttempt(reward_GA, leaveOneOut)).map { episode, advantage_A in
            var attempt = 0
            let spans = episode.turns.map { turn in
                guard turn.role == .policy else { return Span(turn) }
                defer { attempt += 1 }
                let hold = isStageOne && attempt == 0 ? 1 + settings.firstAttemptKL / settings.klCoefficient : 1
                return Span(turn, as: attempt == 0 ? .own : .repair, advantage: Float(advantage_A[attempt]), klWeight: Float(hold))
            }
            return TrainingExample(SpanSample(question: episode.problem.question, spans: spans))
        }
    }

    /// Stage I: only the second attempt earns; stage II: both earn, and the second the bonus α (r₂ − r₁), less what the first has settled.
    private func rewards(first: Double, second: Double, _ isStageOne: Bool) -> [Double?] {
        isStageOne ? [0, second] : [first, (1 + settings.progressBonus) * second]
    }
}
