import SimulatedWorld
import Testing

@Suite("a simulated world", .serialized)
struct SimulationTests {
    @Test("nothing acknowledged is ever absent, and a disturbed run ends as one left alone")
    func histories() async throws {
        var counts = SimulationCounts()
        for seed in 1...50 as ClosedRange<UInt64> {
            let report = try await Simulation(seed: seed).run()
            counts.add(report.counts)
            #expect(report.violations.isEmpty, "replay: Scripts/simulate --seed \(seed)")
        }
        // The histories are what they are for.
        #expect(counts.kills > 0 && counts.powerLosses > 0 && counts.errors > 0 && counts.resumes > 0 && counts.childDeaths > 0)
        #expect(counts.clockSkips > 0 && counts.retriedVerifiers > 0 && counts.promotions > 0 && counts.faults.count > 10)
    }

    @Test("a history is a function of its seed, step by step", arguments: [3, 1_000_003, .max] as [UInt64])
    func replay(seed: UInt64) async throws {
        let first = try await Simulation(seed: seed).run()
        let second = try await Simulation(seed: seed).run()
        #expect(first.log == second.log && first.counts == second.counts && !first.log.isEmpty)
    }

    @Test("a planted bug is found within a hundred seeds", arguments: PlantedBug.allCases)
    func plantedBug(bug: PlantedBug) async throws {
        for seed in 1...100 as ClosedRange<UInt64> {
            if try await !Simulation(seed: seed, bug: bug).run().violations.isEmpty { return }
        }
        Issue.record("\(bug.rawValue) was not found")
    }
}
