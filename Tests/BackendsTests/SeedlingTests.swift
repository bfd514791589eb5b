import Autodidact
import Backends
import Foundation
import LanguageModel
import TaskLibrary
import TestSupport
import Testing

/// The committed base model keeps what it promises: it is small, knows every task's form and solves some problems of each.
@Suite("seedling")
struct SeedlingTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Models/seedling")

    @Test("its weights take at most 4 MB")
    func size() throws {
        let file = Self.folder.appendingPathComponent("model.safetensors")
        #expect(try Data(contentsOf: file, options: .alwaysMapped).count <= 4 << 20)
    }

    @Test(
        "on the default levels it solves 15 to 45 % greedily, and clearly more within 8 samples",
        arguments: TaskCatalogue.families.map(\.card.slug))
    func headroom(slug: String) async throws {
        let policy = EmbeddedPolicy(try ModelDirectory(Self.folder), name: "seedling")
        let evaluator = Evaluator(
            family: try TaskCatalogue.family(named: slug), settings: EvaluationSettings(problems: 400),
            meter: PhaseMeter(clock: ManualClock()))
        let problems = try evaluator.problems(.heldOut)
        let hash = await policy.snapshot().weightsHash
        let result = try await evaluator.evaluate(policy, on: problems, split: .heldOut, weightsHash: hash).result
        let (greedy, within) = (result.greedyAccuracy(), result.passAt(8))
        #expect(0.15...0.45 ~= greedy.value, "\(greedy)")
        #expect(within.value > greedy.value + 0.04, "\(within) within 8 samples, \(greedy) greedily")
        #expect(result.unscorable == 0)
    }
}
