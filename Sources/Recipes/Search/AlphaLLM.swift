// Toward Self-Improvement of LLMs via Imagination, Searching, and Criticizing. Tian, Peng, Song, Jin, Yu, Han, Mi, Yu. arXiv:2404.12253
//
// Prompts are imagined, searched with MCTS over options (steps of text) under critics, and the policy is fine-tuned on the paths that
// the critics like best. Verified answers teach the critics on a share of the problems; the searched ones are never verified.
//
// Departures and metrics: AlphaLLM+Notes.swift. Card: Atlas/alphallm.md

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
        needs: [.logprobs, .training, .snapshots], feedback: .critics, judges: [.critic])

    /// The part of the labelled problems that teaches no critic and tells what the outcome critic is worth: one in so many.
    static let testedPart = 8

    let settings: Settings

    /// The recipe with these settings.
    public init(settings: Settings) { self.settings = settings }

    /// The most of responses of one step: as if every search brought all it may, and critics were never asked the same twice.
    public var budget: GenerationBudget { budget(ofGeneration: 1, stepsPerEpisode: 1) }

    /// The same with a lesson of the value critic for the empty beginning and for each step of a response that teaches.
    ///
    /// As many right as wrong responses teach, if so many there are. The outcome critic is tried once on what it was not taught.
    public func budget(ofGeneration number: Int, stepsPerEpisode steps: Int) -> GenerationBudget {
        let kept = settings.problems * settings.keptPerProblem
        let tested = settings.labelledProblems / Self.testedPart
        let contrasts = min(settings.contrasts, settings.samplesPerProblem / 2)
        let taught = (settings.labelledProblems - tested) * (settings.contrasts == 0 ? settings.samplesPerProblem : 2 * contrasts)
        let beginnings = taught * (steps + 1)
        let tests = tested * settings.samplesPerProblem * LabelProbe.labelsOfTwo
        let criticSteps = criticPlan.stepsPerEpoch(examples: beginnings) + criticPlan.stepsPerEpoch(examples: taught)
        return GenerationBudget(
            problems: settings.labelledProblems + settings.problems, episodes: settings.labelledProblems * settings.samplesPerProblem,
            trainedSequences: kept * settings.epochs, optimizerSteps: plan.stepsPerEpoch(examples: kept) * settings.epochs,
            continuations: settings.problems * settings.search.continuationsPerTree,
            probeSequences: settings.problems * settings.search.probeSequencesPerTree + tests,
            criticSequences: (beginnings + taught) * settings.criticEpochs, criticSteps: criticSteps * settings.criticEpochs, critics: 2
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
