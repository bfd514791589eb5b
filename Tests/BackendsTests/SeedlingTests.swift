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

    /// Greedy accuracy on the default levels: room above, and something to start from below.
    ///
    /// Keydoor's greedy play is good because its mistakes are random: what it has to learn shows at temperature 1.
    private static let greedy: [String: ClosedRange<Double>] = [
        "countdown": 0.15...0.45, "arithmetic": 0.15...0.45, "keydoor": 0.80...1, "translation": 0.20...0.50, "choice": 0.60...0.95,
    ]

    @Test(
        "on the default levels it solves as much greedily as is left to improve on, and more within 8 samples",
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
        let expected = try #require(Self.greedy[slug])
        #expect(expected ~= greedy.value, "\(greedy)")
        #expect(within.value > min(greedy.value + 0.04, 0.95), "\(within) within 8 samples, \(greedy) greedily")
        #expect(result.unscorable == 0)
    }
}
