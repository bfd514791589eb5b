// Toward Self-Improvement of LLMs via Imagination, Searching, and Criticizing. Tian, Peng, Song, Jin, Yu, Han, Mi, Yu. arXiv:2404.12253
//
// Prompts are imagined, searched with MCTS over options (steps of text) under critics, and the policy is fine-tuned on the paths that
// the critics like best. Verified answers teach the critics on a share of the problems; the searched ones are never verified.
//
// Departures
// - The paper lets a model rewrite seed prompts; here the task itself supplies new questions, of which the recipe sees no answers.
// - A value and an outcome critic, each a copy of the policy that is read by the logprobs of yes and no; the step critic (PRM), whose
//   weight is 0 in the released code, is left out.
// - Critics are taught anew in each generation, on verified rollouts of the current policy: the value critic on their beginnings, the
//   outcome critic, which goes on from it, on whole ones. The paper starts from trained reward models and refines them on new trees.
// - Critics are taught as many right as wrong responses of each problem, or they learn to tell problems apart instead of answers.
// - Rollouts are the policy's own, not a smaller model's; finished rollouts are answers as much as terminal nodes are.
// - The fine-tuning data are the searched paths alone; the paper adds its original data.

public import Autodidact
import Randomness

/// Imagine questions, search their answers under critics, fine-tune on what the critics like best.
public struct AlphaLLM: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "alphallm", name: "AlphaLLM", family: "Search",
        paper: "Toward Self-Improvement of LLMs via Imagination, Searching, and Criticizing (Tian et al.)",
        arxiv: "2404.12253",
        summary: "search answers to new questions by MCTS under trained critics, fine-tune on the paths they like best",
        needs: [.logprobs, .training, .snapshots], judges: [.critic])

    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// Problems whose rollouts are verified, to teach the critics.
        @Setting("problems whose rollouts are verified, to teach the critics (paper: the training sets' own labels)", 2...CountLimits.items)
        public var labelledProblems = 512
        /// Rollouts of each.
        @Setting("rollouts of each of them", 1...CountLimits.samples) public var samplesPerProblem = 16
        /// Right and as many wrong responses of each that teach the critics; 0 takes all rollouts as they are.
        @Setting(
            "right and as many wrong responses of each that teach the critics; 0 = all rollouts, as in the paper",
            0...CountLimits.repetitions)
        public var contrasts = 4
        /// Questions that are searched without a verdict.
        @Setting("new questions that are searched, unverified (paper: synthesised from 7,500 seeds)", 1...CountLimits.items)
        public var problems = 256
        /// The search.
        public var search = TextSearchSettings()
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        @Setting("most tokens of a response; 0 = as many as the task's longest answer needs", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// The outcome critic's score from which on an answer is learned from.
        @Setting("outcome critic's score from which on an answer is learned from (paper: not stated)", 0...1) public var threshold = 0.8
        /// The most answers that are learned from of one question.
        @Setting("most different answers learned from of one question (paper: 1, the best path)", 1...CountLimits.samples)
        public var keptPerProblem = 1
        /// Passes of the critics over their lessons.
        @Setting("passes of the critics over their lessons", 1...100) public var criticEpochs = 2
        /// The critics' learning rate.
        @Setting("learning rate of the critics", 1e-9...1) public var criticLearningRate: Float = 1e-3
        /// Passes over the searched answers.
        @Setting("passes over the searched answers", 1...100) public var epochs = 2
        /// Sequences of one optimiser step, of policy and critics.
        @Setting("sequences of one optimiser step, of policy and critics", 1...CountLimits.items) public var sequencesPerStep = 64
        /// The policy's learning rate after warm-up.
        @Setting("learning rate after warm-up (paper: 5e-6 on 70 billion parameters)", 1e-9...1) public var learningRate: Float = 5e-4
        /// Optimiser steps of linear warm-up.
        @Setting("optimiser steps of linear warm-up", 0...CountLimits.repetitions) public var warmUpSteps = 5

        /// The miniature's values.
        public init() {}
    }

    let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most that one generation draws and trains on, as if every search brought all it may; critics and searches are beside it.
    public var budget: GenerationBudget {
        let kept = settings.problems * settings.keptPerProblem
        return GenerationBudget(
            problems: settings.labelledProblems + settings.problems, episodes: settings.labelledProblems * settings.samplesPerProblem,
            trainedSequences: kept * settings.epochs, optimizerSteps: plan.stepsPerEpoch(examples: kept) * settings.epochs
        )
    }

    private var plan: TrainingPlan { settings.plan }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let options = workshop.sampling(temperature: settings.search.temperature, maximumTokens: settings.maximumTokens)
        let labelled = try await workshop.problems(settings.labelledProblems)                     // D⁰, with answers
        let groups_P = try await workshop.rollouts(on: labelled, samplesPerProblem: settings.samplesPerProblem, options: options)
        let (value, outcome) = try await critics(taughtOn: groups_P, options: options, in: workshop)   // v, ORM

        let known = Set(labelled.map(\.id))                                                       // a file of problems begins again
        let imagined = try await workshop.problems(settings.problems).map(\.question).filter { !known.contains($0.id) }   // x ~ imagination
        if imagined.isEmpty { throw WorkshopError.noProblems(task: workshop.task.slug) }
        let search = TextSearch(                                                                  // ηMCTS
            source: workshop, writer: workshop.policy, valueCritic: value, outcomeCritic: outcome, settings: settings.search,
            maximumTokens: options.maximumTokens)
        let trees = try await search.trees(for: imagined, key: workshop.seed("search"))           // τ ~ MCTS(x; π, v, ORM)
        await workshop.recordSearches(trees)
        let best = trees.flatMap {                                                                // the paths that critics like best
            $0.imitable(bar: settings.threshold, count: settings.keptPerProblem, name: \.response)
        }
        try await workshop.recordSelection(of: best)
        try await workshop.train(on: best.map(\.state.example), objective: SupervisedFineTuning(), plan: plan)   // π ← SFT
    }
}
