// Internal Consistency and Self-Feedback in Large Language Models: A Survey (ICSF). Liang et al. arXiv:2407.14507
//
// The survey reads most methods of self-improvement as self-evaluation by a signal of internal consistency, followed by self-update. This
// recipe is that loop for the update of the model: answer each question many times, measure how consistent the answers are, and
// fine-tune on the majority's answers to the most consistent part of the questions. No verdict is used.
//
// Departures and metrics: InternalConsistency+Notes.swift. Card: Atlas/internal-consistency.md

public import Autodidact
import Randomness

/// Fine-tuning on one's own most consistent answers.
public struct InternalConsistency: SelfTaughtRecipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "internal-consistency", name: "ICSF", family: "Critics",
        paper: "Internal Consistency and Self-Feedback in Large Language Models: A Survey (Liang et al.)",
        arxiv: "2407.14507",
        summary: "fine-tune on the majority's answers where the policy agrees most with itself",
        needs: [.logprobs, .training, .snapshots], feedback: .none, judges: [.itself])

    /// What consistency is read from.
    public enum Signal: String, Sendable, Hashable, Codable, CaseIterable {
        /// The share of the most frequent answer.
        case agreement
        /// The negative entropy of the answers.
        case entropy
        /// The mean logprob of a token in the majority's responses.
        case likelihood
        /// P(yes) when asked whether a response of the majority is correct (P(True), arXiv:2207.05221).
        case selfEvaluation = "self-evaluation"
    }

    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// Questions drawn.
        @Setting("questions drawn in a generation (survey: no figure)", 1...CountLimits.items) public var questions = 600
        /// Answers to each.
        @Setting("answers to each question (self-consistency: 40)", 2...CountLimits.samples) public var samplesPerQuestion = 16
        /// The sampling temperature.
        @Setting("sampling temperature (self-consistency: 0.5 to 0.7)", 0.01...10) public var temperature: Float = 1
        /// The most tokens of an answer; 0 as many as the task's longest answer needs.
        @Setting("most tokens of an answer; 0 = as many as the task's longest answer needs", 0...CountLimits.repetitions)
        public var maximumTokens = 0
        /// What consistency is read from.
        @Setting("what consistency is read from: agreement, entropy, likelihood or self-evaluation") public var signal = Signal.agreement
        /// The share of the questions, the most consistent first, that is learned from.
        @Setting("share of the questions, most consistent first, that is learned from", 0.001...1) public var keptShare = 0.5
        /// The most different responses of the majority that are kept of a question.
        @Setting("most different responses of the majority kept of a question", 1...CountLimits.samples) public var keptPerQuestion = 2
        /// Passes over what was kept.
        @Setting("passes over the kept responses", 1...100) public var epochs = 1
        /// Sequences of one optimiser step.
        @Setting("sequences of one optimiser step", 1...CountLimits.items) public var sequencesPerStep = 64
        /// The learning rate after warm-up.
        @Setting("learning rate after warm-up", 1e-9...1) public var learningRate: Float = 5e-4
        /// Optimiser steps of linear warm-up in each generation.
        @Setting("optimiser steps of linear warm-up in each generation", 0...CountLimits.repetitions) public var warmUpSteps = 3

        /// The miniature's values.
        public init() {}
    }

    private let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most that one generation draws, scores and trains on: as if every question had a majority of different responses.
    public var budget: GenerationBudget {
        let ofQuestion = min(settings.keptPerQuestion, settings.samplesPerQuestion)
        let kept = Int((Double(settings.questions) * settings.keptShare).rounded(.up)) * ofQuestion
        return GenerationBudget(
            problems: settings.questions, episodes: settings.questions * settings.samplesPerQuestion,
            trainedSequences: kept * settings.epochs, optimizerSteps: plan.stepsPerEpoch(examples: kept) * settings.epochs,
            probeSequences: settings.signal == .selfEvaluation ? settings.questions * LabelProbe.labelsOfTwo : 0)
    }

    private var plan: TrainingPlan { settings.plan }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: BlindWorkshop) async throws {
        let groups_P = try await workshop.attempts(                                               // Y = O(x)
            on: try await workshop.questions(settings.questions), samplesPerQuestion: settings.samplesPerQuestion,
            options: workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens))
        let majorities = groups_P.compactMap { Majority(of: $0, in: workshop) }
        let signal_P = try await signals(of: majorities, in: workshop)                            // f = SelfEvaluate(M, x, Y)
        let ranked = zip(majorities, signal_P)
            .compactMap { majority, signal in signal.map { (majority: majority, signal: $0) } }.enumerated()
            .sorted { ($1.element.signal, $0.offset) < ($0.element.signal, $1.offset) }.map(\.element.majority)
        let count = Int((Double(groups_P.count) * settings.keptShare).rounded(.up))
        let kept = ranked.prefix(count).flatMap { majority in
            selectDistinct(
                from: majority.attempts, count: settings.keptPerQuestion, key: workshop.seed("keep")(named: majority.question.id))
        }
        await workshop.recordSelection(kept)
        await workshop.record("consistency/agreement", majorities.reduce(0) { $0 + $1.agreement } / Double(max(1, majorities.count)))
        try await workshop.train(                                                                 // M' = SelfUpdate(M, data(f))
            on: kept.map { TrainingExample($0) }, objective: SupervisedFineTuning(), plan: plan)
    }

    /// The signal of each majority; higher is more consistent, nil where the policy could not be asked: that one is not learned from.
    private func signals(of majorities: [Majority], in workshop: BlindWorkshop) async throws -> [Double?] {
        switch settings.signal {
        case .agreement: majorities.map { $0.agreement }
        case .entropy: majorities.map { -$0.entropy }
        case .likelihood: majorities.map { $0.meanLogprob }
        case .selfEvaluation:
            try await workshop.probability(
                of: majorities.map { .isCorrect($0.attempts[0].canonicalResponse, to: $0.question) }, by: workshop.policy)
        }
    }
}
