import SimulatedWorld
import Testing

/// Histories in which the store was once wrong: each fails without the change that was made for it.
@Suite("bugs that the simulator found", .serialized)
struct FoundBugTests {
    @Test("a process killed while it makes the database leaves a journal that the next one can roll back")
    func journalOfTheFirstTransaction() async throws {
        // The transaction is written and its journal not yet removed.
        try await expectRight([[.kill(.operation(.remove, 1))]])
    }

    @Test("a folder whose name could not be synchronised is synchronised by the next process", arguments: 1...3)
    func nameOfAFolder(number: Int) async throws {
        try await expectRight([[.fault(.operation(.synchronizeFolder, number), choice: 1)]])
        try await expectRight([[.kill(.operation(.synchronizeFolder, number))]])
    }

    @Test("a write-ahead log that cannot be set up is an error, not another journal", arguments: 1...3)
    func noWriteAheadLog(number: Int) async throws {
        try await expectRight([[.fault(.operation(.synchronize, number), choice: 1)]])
    }

    @Test("what is committed after a failed synchronisation does not depend on the pages that failed", arguments: 5...9)
    func pagesForgottenByTheSystem(number: Int) async throws {
        // A commit fails at the log, and the process is killed before it has copied the log; the next one commits and loses its power.
        let lives: [[Disturbance]] = [
            [.fault(.operation(.synchronize, 14), choice: 1), .kill(.operation(.synchronize, 15))],
            [.powerLoss(.operation(.synchronize, number))],
        ]
        #expect(try await Simulation(seed: 5).run(lives: lives).violations.isEmpty)
    }

    /// The history comes out right, to the end of the run and through a loss of power after that.
    private func expectRight(_ lives: [[Disturbance]]) async throws {
        for seed in [1, 3] as [UInt64] {
            let report = try await Simulation(seed: seed).run(lives: lives)
            #expect(report.violations.isEmpty, "seed \(seed)")
            #expect(report.counts.errors + report.counts.kills == 1)
        }
    }
}
