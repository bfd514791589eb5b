import Autodidact
import Foundation
import RunStore
import TestSupport
import Testing

@Suite("a run that goes on after a rollback by hand")
struct RolledBackRunTests {
    /// Three of five generations, then back to the end of the first.
    private func withRun(_ body: (URL, RunStore, TestRun) async throws -> Void) async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            let run = TestRun(generations: 5)
            try await stop(run, after: 3, in: store)
            _ = try store.rollBack("run-1", to: 1, reason: "too long", at: 1)
            try await body(folder, store, run)
        }
    }

    /// Runs, or goes on, until a generation is committed.
    private func stop(_ run: TestRun, after number: Int, in store: RunStore) async throws {
        let committed = Recorder<Int>()
        let task = Task {
            let stopping = TestRun(
                recipe: run.recipe, task: run.task, generations: run.settings.generations,
                events: { event in
                    guard case .generationCommitted(let record) = event, record.number == number else { return }
                    committed.record(number)
                    unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
                })
            let loop = stopping.loop(ScriptedPolicy(), try store.ledger("run-1", retaining: 10))
            let isBegun = try !store.runs().isEmpty
            _ = isBegun ? try await loop.resume() : try await loop.run(run.manifest)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(committed.values == [number])
    }

    @Test("takes fresh draws from the state that stands again, and ends the same each time, also when stopped in between")
    func deterministic() async throws {
        try await withRun { folder, store, run in
            let before = try store.generations(of: "run-1")
            let copy = folder.deletingLastPathComponent().appendingPathComponent(folder.lastPathComponent + "-copy")
            try FileManager.default.copyItem(at: folder, to: copy)
            defer { try? FileManager.default.removeItem(at: copy) }
            let summary = try await run.loop(ScriptedPolicy(), try store.ledger("run-1", retaining: 10)).resume()
            let after = try store.generations(of: "run-1")
            #expect(Array(after.prefix(3)) == before && after.map(\.number) == [1, 2, 3, 4, 5])
            let problems = try (2...4).map { number in try store.episodes(of: "run-1", generation: number).map(\.problem.id) }
            #expect(problems[2] != problems[0] && problems[2] != problems[1], "draws of its own")
            #expect(try store.lineage(of: "run-1").steps.first { $0.generation >= 4 }?.parentHash == before[0].incumbentHash)

            let other = try RunStore(folder: copy)
            try await stop(run, after: 4, in: other)
            let resumed = try await run.loop(ScriptedPolicy(), try other.ledger("run-1", retaining: 10)).resume()
            #expect(resumed.weightsHash == summary.weightsHash && resumed.after == summary.after)
            #expect(try other.verify().findings == [] && store.verify().findings == [])
        }
    }

    @Test("is judged against the incumbent that stands again")
    func gate() async throws {
        try await withRun { _, store, run in
            let standing = try store.generations(of: "run-1")[0]
            _ = try await run.loop(ScriptedPolicy(), try store.ledger("run-1", retaining: 10)).resume()
            let fourth = try store.generations(of: "run-1")[3]
            let comparison = try PairedComparison.between(incumbent: standing.evaluation, candidate: fourth.evaluation)
            #expect(fourth.decision.comparison == comparison)
        }
    }

    @Test("does not learn from what was taken back, and its lineage says what it learned from")
    func pool() async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            let seen = Recorder<Int>()
            let recipe = ScriptedRecipe { workshop in
                let earlier = try await workshop.pastEpisodes(.accumulated)
                seen.record(earlier.count)
                try await ScriptedRecipe.imitation().improve(in: workshop)
            }
            let run = TestRun(recipe: recipe, generations: 4)
            try await stop(run, after: 3, in: store)
            _ = try store.rollBack("run-1", to: 1, reason: "", at: 1)
            _ = try await run.loop(ScriptedPolicy(), try store.ledger("run-1", retaining: 10)).resume()
            let counts = try (1...3).map { try store.episodes(of: "run-1", generation: $0).count }
            #expect(seen.values == [0, counts[0], counts[0] + counts[1], counts[0]])
        }
    }
}
