import Autodidact
import Foundation
import Studies
import Synchronization
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

/// Files in memory.
final class MemoryDisk: Disk {
    private let files = Mutex<[String: Data]>([:])

    var paths: [String] { files.withLock { $0.keys.sorted() } }

    func read(_ url: URL) throws(DiskError) -> Data {
        guard let data = files.withLock({ $0[url.path] }) else {
            throw DiskError(action: "read", path: url.path, reason: "it is not there")
        }
        return data
    }

    func writeAtomically(_ data: Data, to url: URL) throws(DiskError) { files.withLock { $0[url.path] = data } }

    func exists(_ url: URL) -> Bool { files.withLock { files in files.keys.contains { $0 == url.path || $0.hasPrefix(url.path + "/") } } }

    func createDirectory(_ url: URL) throws(DiskError) {}

    func contents(of url: URL) throws(DiskError) -> [String] {
        paths.filter { $0.hasPrefix(url.path + "/") }.map { String($0.dropFirst(url.path.count + 1)) }
    }

    func remove(_ url: URL) throws(DiskError) {
        files.withLock { files in files = files.filter { $0.key != url.path && !$0.key.hasPrefix(url.path + "/") } }
    }
}
