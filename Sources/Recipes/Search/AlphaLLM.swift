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
        slug: "alphallm",
        name: "AlphaLLM",
        family: "Search",
        paper: "Toward Self-Improvement of LLMs via Imagination, Searching, and Criticizing (Tian et al.)",
        arxiv: "2404.12253",
        summary: "search answers to new questions by MCTS under trained critics, fine-tune on the paths they like best",
        needs: [.logprobs, .training, .snapshots],
        judges: [.critic]
    )

    /// The settings of one generation.
    public struct Settings: RecipeSettings {
        /// Problems whose rollouts are verified, to teach the critics.
        public var labelledProblems = 512
        /// Rollouts of each.
        public var samplesPerProblem = 16
        /// Right and as many wrong responses of each that teach the critics; 0 takes all rollouts as they are.
        public var contrasts = 4
        /// Questions that are searched without a verdict.
        public var problems = 256
        /// The search.
        public var search = TextSearchSettings()
        /// The most tokens of a response; 0 as many as the task's longest answer needs.
        public var maximumTokens = 0
        /// The outcome critic's score from which on an answer is learned from.
        public var threshold = 0.8
        /// The most answers that are learned from of one question.
        public var keptPerProblem = 1
        /// Passes of the critics over their lessons.
        public var criticEpochs = 2
        /// The critics' learning rate.
        public var criticLearningRate: Float = 1e-3
        /// Passes over the searched answers.
        public var epochs = 2
        /// Sequences of one optimiser step, of policy and critics.
        public var sequencesPerStep = 64
        /// The policy's learning rate after warm-up.
        public var learningRate: Float = 5e-4
        /// Optimiser steps of linear warm-up.
        public var warmUpSteps = 5

        /// The miniature's values.
        public init() {}

        /// Refuses values outside their range.
        public func validate() throws(SettingsError) {
            try search.validate()
            try require(2...CountLimits.items, ["labelledProblems": labelledProblems])
            try require(1...CountLimits.items, ["problems": problems, "sequencesPerStep": sequencesPerStep])
            try require(1...CountLimits.samples, ["samplesPerProblem": samplesPerProblem, "keptPerProblem": keptPerProblem])
            try require(1...100, ["criticEpochs": criticEpochs, "epochs": epochs])
            try require(0...CountLimits.repetitions, ["contrasts": contrasts, "maximumTokens": maximumTokens, "warmUpSteps": warmUpSteps])
            try require(0...1, ["threshold": threshold])
            try require(1e-9...1, ["criticLearningRate": Double(criticLearningRate), "learningRate": Double(learningRate)])
        }

        /// One line for each key.
        public static var help: [String: String] {
            let own = [
                "labelledProblems": "problems whose rollouts are verified, to teach the critics (paper: the training sets' own labels)",
                "samplesPerProblem": "rollouts of each of them",
                "contrasts": "right and as many wrong responses of each that teach the critics; 0 = all rollouts, as in the paper",
                "problems": "new questions that are searched, unverified (paper: synthesised from 7,500 seeds)",
                "maximumTokens": "most tokens of a response; 0 = as many as the task's longest answer needs",
                "threshold": "outcome critic's score from which on an answer is learned from (paper: not stated)",
                "keptPerProblem": "most different answers learned from of one question (paper: 1, the best path)",
                "criticEpochs": "passes of the critics over their lessons",
                "criticLearningRate": "learning rate of the critics",
                "epochs": "passes over the searched answers",
                "sequencesPerStep": "sequences of one optimiser step, of policy and critics",
                "learningRate": "learning rate after warm-up (paper: 5e-6 on 70 billion parameters)",
                "warmUpSteps": "optimiser steps of linear warm-up",
            ]
            return TextSearchSettings.help.reduce(into: own) { $0["search." + $1.key] = $1.value }
        }
    }

    /// The part of the labelled problems that teaches no critic and tells what the outcome critic is worth: one in so many.
    private static let testedPart = 8

    private let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) {
        self.settings = settings
    }

    /// The most of responses of one step: as if every search brought all it may, and critics were never asked the same twice.
    public var budget: GenerationBudget { budget(ofGeneration: 1, stepsPerEpisode: 1) }

    /// The same with a lesson of the value critic for the empty beginning and for each step of a response that teaches.
    ///
    /// As many right as wrong responses teach, if so many there are. The outcome critic is tried twice on what it was not taught.
    public func budget(ofGeneration number: Int, stepsPerEpisode steps: Int) -> GenerationBudget {
        let kept = settings.problems * settings.keptPerProblem
        let tested = settings.labelledProblems / Self.testedPart
        let contrasts = min(settings.contrasts, settings.samplesPerProblem / 2)
        let taught = (settings.labelledProblems - tested) * (settings.contrasts == 0 ? settings.samplesPerProblem : 2 * contrasts)
        let beginnings = taught * (steps + 1)
        let tests = 2 * tested * settings.samplesPerProblem * LabelProbe.labelsOfTwo
        let criticSteps = criticPlan.stepsPerEpoch(examples: beginnings) + criticPlan.stepsPerEpoch(examples: taught)
        return GenerationBudget(
            problems: settings.labelledProblems + settings.problems, episodes: settings.labelledProblems * settings.samplesPerProblem,
            trainedSequences: kept * settings.epochs, optimizerSteps: plan.stepsPerEpoch(examples: kept) * settings.epochs,
            continuations: settings.problems * settings.search.continuationsPerTree,
            probeSequences: settings.problems * settings.search.probeSequencesPerTree + tests,
            criticSequences: (beginnings + taught) * settings.criticEpochs, criticSteps: criticSteps * settings.criticEpochs, critics: 2
        )
    }

    private var plan: TrainingPlan {
        TrainingPlan(
            epochs: settings.epochs, sequencesPerStep: settings.sequencesPerStep, warmUpSteps: settings.warmUpSteps,
            optimizer: OptimizerParameters(learningRate: settings.learningRate)
        )
    }

    private var criticPlan: TrainingPlan {
        TrainingPlan(
            epochs: settings.criticEpochs, sequencesPerStep: settings.sequencesPerStep,
            optimizer: OptimizerParameters(learningRate: settings.criticLearningRate))
    }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let options = workshop.sampling(temperature: settings.search.temperature, maximumTokens: settings.maximumTokens)
        let labelled = try await workshop.problems(settings.labelledProblems)                     // D⁰, with answers
        let groups_P = try await workshop.rollouts(on: labelled, samplesPerProblem: settings.samplesPerProblem, options: options)
        let taught_P = groups_P.dropLast(groups_P.count / Self.testedPart)
        let lessonsOf = Set(taught_P.compactMap(\.first?.problem.id))
        let unseen_P = groups_P.suffix(groups_P.count / Self.testedPart).filter { group in
            group.first.map { !lessonsOf.contains($0.problem.id) } ?? false
        }
        let taught = settings.contrasts == 0 ? taught_P.flatMap { $0 } : CriticLessons.contrasts(
            in: Array(taught_P), perProblem: settings.contrasts, key: workshop.seed("contrasts"))
        let lessons = CriticLessons(for: workshop.policy)
        let segmenter = settings.search.segmenter(maximumTokens: options.maximumTokens)
        let value = try await workshop.copy(of: .generationStart)
        try await workshop.train(value, on: lessons.values(of: taught, steps: segmenter), objective: SupervisedFineTuning(), plan: criticPlan)  // v
        let outcome = try await value.copy()
        try await workshop.train(outcome, on: lessons.outcomes(of: taught), objective: SupervisedFineTuning(), plan: criticPlan)  // ORM
        try await workshop.recordCritic(outcome, on: unseen_P)                                    // what it is worth

        let known = Set(labelled.map(\.id))                                                       // a file of problems begins again
        let imagined = try await workshop.problems(settings.problems).map(\.question).filter { !known.contains($0.id) }   // x ~ imagination
        if imagined.isEmpty { throw WorkshopError.noProblems(task: workshop.task.slug) }
        let search = TextSearch(                                                                  // ηMCTS
            source: workshop, writer: workshop.policy, valueCritic: value, outcomeCritic: outcome, settings: settings.search,
            maximumTokens: options.maximumTokens
        )
        let trees = try await search.trees(for: imagined, key: workshop.seed("search"))           // τ ~ MCTS(x; π, v, ORM)
        await workshop.recordSearches(trees)
        let best = trees.flatMap {                                                                // the paths that critics like best
            $0.imitable(bar: settings.threshold, count: settings.keptPerProblem, name: \.response)
        }
        try await workshop.recordSelection(of: best)
        if best.isEmpty { return }
        try await workshop.train(on: best.map(\.state.example), objective: SupervisedFineTuning(), plan: plan)   // π ← SFT
    }
}
