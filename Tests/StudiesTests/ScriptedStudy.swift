import Autodidact
import Foundation
import Studies
import TestSupport

/// A study on the letter task: imitation of correct responses against imitation of wrong ones.
struct ScriptedStudy: Study {
    static let course = StudyCourse(
        LetterTask(), generations: 2, evaluation: EvaluationSettings(problems: 30, samplesPerProblem: 4))

    var criteria = [
        StudyCriterion.exceeds("learns", "right", over: "wrong", on: "mean@4", weight: .core),
        StudyCriterion.exceeds("beats the base", "right", over: "base", on: "mean@4", by: 0.1, weight: .required),
    ]
    /// Generations of the second arm: more than 2 spend more than the first.
    var generations = 2
    /// Called before each arm begins.
    var onArm: @Sendable (String) throws -> Void = { _ in }

    var card: StudyCard {
        StudyCard(
            slug: "scripted", title: "Scripted", arxiv: "0000.00000", claim: "What is right is worth imitating.",
            quantity: StudyQuantity("mean@4", title: "mean@4 on letters"))
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        var longer = Self.course
        longer.generations = generations
        return [
            .base(along: Self.course), imitation("right", ofCorrect: true, Self.course), imitation("wrong", ofCorrect: false, longer),
        ]
    }

    private func imitation(_ name: String, ofCorrect: Bool, _ course: StudyCourse) -> StudyArm {
        StudyArm(name, "imitates what is \(name)", settings: course.settings.merging(["imitates": name]) { $1 }) { [onArm] bench in
            try onArm(name)
            return try await course.follow(ScriptedRecipe.imitation(ofCorrect: ofCorrect), on: bench)
        }
    }

    /// Runs it with three seeds.
    func record(
        policy: any TrainablePolicy = ScriptedPolicy(), seeds: Int = 3, cells: CellFolder? = nil, clock: any WorldClock = ManualClock(),
        events: @escaping @Sendable (StudyEvent) -> Void = { _ in }
    ) async throws -> StudyRecord {
        try await StudyRunner(policy: policy, versions: ["autodidact": "test"], clock: clock, events: events)
            .run(self, seeds: seeds, scale: .full, cells: cells, command: "autodidact study scripted")
    }
}
