import Autodidact
import TestSupport
import Testing

@testable import Remote

extension SkyRLTests {
    @Suite("Recipes at the service")
    struct RecipeTests {
        @Test(
            "two generations end to end improve a task that can be learned",
            arguments: [SmallRun.expertIteration, .grpo, .preference].map { type(of: $0.recipe).card.slug })
        func improve(slug: String) async throws {
            let run = try #require(
                [SmallRun.expertIteration, .grpo, .preference].first { type(of: $0.recipe).card.slug == slug })
            let readings = Recorder<MismatchReading>()
            let ledger = MemoryLedger()
            let summary = try await SkyRL.withPolicy(
                SkyRL.options(usesBuiltInLosses: true), onReading: { readings.record($0) }
            ) { policy in
                try await run.loop(policy, ledger).run(run.manifest)
            }
            let (before, after) = (summary.before.meanAtK(), summary.after.meanAtK())
            let total = readings.values.reduce(MismatchReading.none) { $0.merged(with: $1) }
            print("\(slug): mean@4 from \(before) to \(after); \(summary.wallSeconds) s; sampler and trainer: \(total)")
            #expect(await ledger.generations.map(\.number) == [1, 2])
            #expect(await ledger.generations.contains { $0.decision.outcome == .promoted })
            #expect(after.value > before.value + 0.2, "from \(before) to \(after)")
            // Every push of weights was read, and nothing was far off.
            #expect(readings.values.count > 3 && total.maximum < 1e-2)
        }
    }
}
