package import Autodidact

/// A recipe whose generation is a closure.
package struct ScriptedRecipe: Recipe {
    /// No settings.
    package struct Settings: RecipeSettings {
        package init() {}
    }

    package static let card = RecipeCard(
        slug: "scripted", name: "Scripted", family: "Tests", paper: "none", arxiv: "none", summary: "does what a test says",
        needs: [.training, .snapshots]
    )

    private let body: @Sendable (Workshop) async throws -> Void

    package init(settings: Settings) { self.init() }

    /// What happens in a generation; nothing unless told otherwise.
    package init(_ body: @escaping @Sendable (Workshop) async throws -> Void = { _ in }) {
        self.body = body
    }

    /// Plain imitation of correct samples, or of wrong ones, in two rounds of one generation.
    package static func imitation(learningRate: Float = 0.05, ofCorrect: Bool = true) -> ScriptedRecipe {
        ScriptedRecipe { workshop in
            for _ in 0..<2 {
                let groups = try await workshop.rollouts(
                    on: try await workshop.problems(20), samplesPerProblem: 8, options: workshop.sampling(temperature: 1)
                )
                let lessons = groups.joined().filter { $0.verdict.isCorrect == ofCorrect }.map { TrainingExample($0) }
                let plan = TrainingPlan(
                    epochs: 2, sequencesPerStep: 8, warmUpSteps: 1, optimizer: OptimizerParameters(learningRate: learningRate)
                )
                try await workshop.train(on: lessons, objective: SupervisedFineTuning(), plan: plan)
            }
        }
    }

    package var budget: GenerationBudget {
        GenerationBudget(problems: 40, episodes: 320, trainedSequences: 640, optimizerSteps: 80)
    }

    package func improve(in workshop: Workshop) async throws { try await body(workshop) }
}
