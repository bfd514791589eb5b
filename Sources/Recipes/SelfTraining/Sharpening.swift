// Self-Improvement in Language Models: The Sharpening Mechanism. Huang, Block, Foster, Rohatgi, Zhang, Simchowitz, Ash, Krishnamurthy.
// arXiv:2412.01951
//
// A policy's own likelihood of a whole response is taken for its reward: self-improvement without any verifier moves probability onto the
// responses that the policy itself finds best. SFT-sharpening imitates the best of N samples; RLHF-sharpening regresses log-ratios onto
// differences of that reward, whose optimum is π_base to the power 1 + 1/β; with exploration (XPO, arXiv:2405.21046) it goes on with
// samples of its own and moves away from what the base already says.
//
// Departures and metrics: Sharpening+Notes.swift. Card: Atlas/sharpening.md

public import Autodidact
import Randomness

/// Best-of-N by the policy's own likelihood, learned: self-improvement without a verifier.
public struct Sharpening: SelfTaughtRecipe {
    /// What the catalogue says.
    public static let card = RecipeCard(
        slug: "sharpening", name: "Sharpening", family: "SelfTraining",
        paper: "Self-Improvement in Language Models: The Sharpening Mechanism (Huang et al.)",
        arxiv: "2412.01951",
        summary: "learn the responses that the policy itself finds most likely; no verifier",
        needs: [.logprobs, .training, .snapshots], feedback: .none, judges: [.itself])

    let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most that one generation draws, scores and trains on: as if no response were cut off.
    ///
    /// The base scores every response; `xpo` samples as much again from it and scores that too.
    public var budget: GenerationBudget {
        let episodes = settings.questions * settings.samplesPerQuestion
        let explored = settings.method == .xpo ? episodes : 0
        let learnedOfQuestion = settings.method == .sft ? 1 : settings.samplesPerQuestion * (settings.method == .xpo ? 2 : 1)
        let questionsOfRound = (settings.questions + settings.rounds - 1) / settings.rounds
        return GenerationBudget(
            problems: settings.questions, episodes: episodes,
            trainedSequences: settings.questions * learnedOfQuestion * settings.epochs,
            optimizerSteps: settings.rounds * plan.stepsPerEpoch(examples: questionsOfRound * learnedOfQuestion) * settings.epochs,
            continuations: explored, referenceSequences: episodes + explored, references: 1
        )
    }

    private var plan: TrainingPlan { settings.plan }

    /// One generation.
    // swift-format-ignore
    public func improve(in workshop: BlindWorkshop) async throws {
        let base = try await workshop.reference(.base)                                            // π_base
        let regression = Pairwise(
            loss: .rewardRegression, beta: settings.beta, linearCoefficient: settings.method == .xpo ? settings.optimism : 0
        )
        for round in 0..<settings.rounds {
            let questions = try await workshop.questions(
                (round + 1) * settings.questions / settings.rounds - round * settings.questions / settings.rounds
            )
            let groups_P = try await candidates(for: questions, in: workshop, base: base)         // y_1…y_N ~ π, r = log π_base(y|x)
            switch settings.method {
            case .sft:                                                                            // argmax r: maximum likelihood
                let kept = groups_P.compactMap { best(of: $0, key: workshop.seed("best", round)) }
                await workshop.recordSelection(kept.map(\.attempt))
                try await workshop.train(on: kept.map(\.example), objective: SupervisedFineTuning(), plan: plan)
            case .rlhf:                                                                           // (β Δ log π/π_base − Δ r)² over pairs
                let groups = groups_P.filter { $0.count > 1 }.enumerated().flatMap { group, candidates in
                    candidates.map { $0.example.rewarded($0.reward, group: group) }
                }
                try await workshop.train(on: groups, objective: regression, plan: plan)
            case .xpo:                                                                            // … + α log π(y′), y′ ~ π_base
                let pairs = try await explored(groups_P, in: workshop, base: base, round: round)
                try await workshop.train(on: pairs, objective: regression, plan: plan)
            }
        }
    }

    /// The candidate of highest reward, ties drawn at random.
    private func best(of candidates: [Candidate], key: SeedTree) -> Candidate? {
        let responses = candidates.enumerated().map {
            ScoredResponse(text: $1.attempt.canonicalResponse, reward: $1.reward, member: $0)
        }
        let questionKey = candidates.first.map { key(named: $0.example.question.id) } ?? key
        return RankedResponses(responses, key: questionKey).responses.first.map { candidates[$0.member] }
    }
}

extension TrainingExample {
    /// The same example as a member of a group that is compared by reward.
    fileprivate func rewarded(_ reward: Double, group: Int) -> TrainingExample {
        var example = self
        example.sequence.reward = Float(reward)
        example.sequence.group = group
        return example
    }
}
