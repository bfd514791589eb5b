// Baselines of: Training Language Models to Self-Correct via Reinforcement Learning (SCoRe). Kumar, Zhuang, Agarwal, Su et al.
// arXiv:2409.12917, §4
//
// The policy makes two attempts at each problem, and is fine-tuned on second attempts that are right. With `pairs` (Pair-SFT, after Welleck
// et al., arXiv:2211.00053) a wrong first attempt is put before a right response to the same problem, drawn from all of them. With `star`
// (multi-turn STaR, after arXiv:2203.14465) episodes are kept as they went where the second attempt is right.
//
// Departures
// - First attempts are read and not learned, in both.

public import Autodidact
import Randomness

/// Supervised fine-tuning of self-correction.
public struct CorrectionSFT: Recipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "correction-sft", name: "Pair-SFT and multi-turn STaR", family: "Baselines",
        paper: "Training Language Models to Self-Correct via Reinforcement Learning, baselines (Kumar, Zhuang, Agarwal, Su et al.)",
        arxiv: "2409.12917",
        summary: "fine-tune on right second attempts after wrong first ones",
        needs: [.training, .snapshots])

    /// Which samples are learned from.
    public enum Samples: String, Sendable, Hashable, Codable, CaseIterable {
        /// A wrong first attempt before a right response to the same problem.
        case pairs
        /// Episodes whose second attempt is right, as they went.
        case star
    }

    /// The settings of one generation.
    public struct Settings: RecipeSettings, FineTuningSettings {
        /// Problems drawn.
        @Setting("problems drawn in a generation", 1...CountLimits.items) public var problems = 600
        /// Episodes of two attempts at each.
        @Setting("episodes of two attempts at each problem", 1...CountLimits.samples) public var samplesPerProblem = 8
        /// The sampling temperature.
        @Setting("sampling temperature", 0.01...10) public var temperature: Float = 1
        /// Which samples are learned from.
        @Setting("which samples are learned from: pairs (wrong before right) or star (episodes that ended right)")
        public var samples = Samples.pairs
        /// The most that are kept of a problem.
        @Setting("most samples kept of a problem", 1...CountLimits.samples) public var keptPerProblem = 4
        /// Passes over what was kept.
        @Setting("passes over what was kept (paper: 1 for pairs, 3 iterations for star)", 1...100) public var epochs = 1
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

    /// The most that one generation draws and trains on: as if each problem taught all that may be kept of it.
    public var budget: GenerationBudget {
        let kept = settings.problems * min(settings.keptPerProblem, settings.samplesPerProblem)
        return GenerationBudget(
            problems: settings.problems, episodes: settings.problems * settings.samplesPerProblem,
            trainedSequences: kept * settings.epochs, optimizerSteps: settings.plan.stepsPerEpoch(examples: kept) * settings.epochs)
    }

    /// Two attempts, in rollouts and in evaluation: what counts is the second.
    public func usage(of family: any TaskFamily) -> PolicyUsage { .twoAttempts(at: family, request: FeedbackPrompts.revision) }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: Workshop) async throws {
        let groups_P = try await workshop.rollouts(                                               // y₁ ~ π(·|x), y₂ ~ π(·|x, y₁, p₁)
            on: try await workshop.problems(settings.problems), samplesPerProblem: settings.samplesPerProblem,
            options: workshop.sampling(temperature: settings.temperature))
        await workshop.recordTransitions(of: groups_P)
        let lessons = groups_P.flatMap { group in
            let judged = group.filter(\.hasTwoAttempts)
            return settings.samples == .pairs ? pairs(of: judged, seed: workshop.seed("pair")) : successes(of: judged)
        }
        await workshop.record("lessons/kept", Double(lessons.count))
        try await workshop.train(                                                                 // θ ← θ + η ∇ Σ log π(y₂|x, y₁, p₁)
            on: lessons.map { TrainingExample($0) }, objective: SupervisedFineTuning(), plan: settings.plan)
    }

    /// Episodes whose second attempt is right.
    private func successes(of episodes: [Episode]) -> [SpanSample] {
        episodes.filter(\.verdict.isCorrect).prefix(settings.keptPerProblem).map { sample(of: $0, second: $0.turns[3]) }
    }

    /// Each wrong first attempt with a right response to the same problem, drawn at random.
    private func pairs(of episodes: [Episode], seed: SeedTree) -> [SpanSample] {
        let right = episodes.flatMap { episode in
            zip([episode.turns[1], episode.turns[3]], episode.attempts).filter { $1.isCorrect }.map(\.0)
        }
        guard !right.isEmpty else { return [] }
        let wrong = episodes.filter { !$0.attempts[0].isCorrect }
        return wrong.prefix(settings.keptPerProblem).map { episode in
            var generator = seed(named: episode.problem.id)("member", episode.origin.member).generator
            return sample(of: episode, second: right[generator.index(below: right.count)])
        }
    }

    /// The first attempt and the request as they went, both read alone, then a second attempt to learn.
    func sample(of episode: Episode, second: Turn) -> SpanSample {
        let first = episode.turns[1]
        let kind: SpanKind = episode.attempts[0].isCorrect ? .own : .wrong
        return SpanSample(
            question: episode.problem.question,
            spans: [
                Span(episode.turns[0]), Span(kind, first.tokens, behavior: first.logprobs, isTrained: false), Span(episode.turns[2]),
                Span(second, as: .repair),
            ])
    }
}
