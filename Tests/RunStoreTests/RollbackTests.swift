import Autodidact
import Foundation
import RunStore
import Testing

@Suite("rolling a run back by hand")
struct RollbackTests {
    /// Promotions at 1 and 3, a rolled back candidate at 2; with the end where `steps` are 5.
    private func withRun(steps: Int = 4, retaining: Int = 10, _ body: (URL, RunStore) async throws -> Void) async throws {
        try await withFolder { folder in
            try await ScriptedRun(folder: folder, retaining: retaining).run(upTo: steps)
            try await body(folder, try RunStore(folder: folder))
        }
    }

    @Test(
        "the earlier incumbent stands again bit for bit, optimiser included, by default the one before",
        arguments: [(nil, 2, 1), (2, 2, 1), (1, 1, 1), (0, 0, 0)] as [(Int?, Int, Int)])
    func restores(target: Int?, to: Int, incumbent: Int) async throws {
        try await withRun { folder, store in
            let rollback = try store.rollBack("otter-1", to: target, reason: "rude answers", at: 12.5)
            let (from, state) = (Records.snapshot(3), Records.snapshot(incumbent))
            #expect(
                rollback
                    == RunRollback(
                        after: 3, to: to, fromHash: from.weightsHash, toHash: state.weightsHash, reason: "rude answers", at: 12.5))
            let later = try RunStore(folder: folder)
            #expect(try later.rollbacks(of: "otter-1") == [rollback])
            #expect(try later.weights(of: "otter-1") == state.weights)
            let point = try await later.ledger("otter-1").resumePoint()
            #expect(point.incumbent == state && point.rollbacks == [rollback] && point.generations.count == 3)
            let run = try later.run("otter-1")
            #expect(run.weightsHash == state.weightsHash && run.figures.rolledBackTo == to)
            #expect(run.figures.incumbent.meanAtK == Double(incumbent) / 8)
            #expect(try later.verify().findings == [])
        }
    }

    @Test("a rollback can be undone while the later weights are kept, and another one made")
    func undone() async throws {
        try await withRun { _, store in
            _ = try store.rollBack("otter-1", to: 0, reason: "", at: 1)
            let back = try store.rollBack("otter-1", to: 3, reason: "", at: 2)
            #expect(back.toHash == Records.snapshot(3).weightsHash)
            #expect(try store.rollBack("otter-1", reason: "", at: 3).to == 2)
            #expect(try store.weights(of: "otter-1") == Records.snapshot(1).weights)
            #expect(try store.verify().findings == [])
        }
    }

    @Test("the run goes on with the next number from the state that stands again")
    func goesOn() async throws {
        try await withRun { folder, store in
            _ = try store.rollBack("otter-1", reason: "", at: 1)
            let ledger = try store.ledger("otter-1", retaining: 10)
            await #expect(throws: StoreError.outOfOrder(run: "otter-1", expected: 4, given: 3)) {
                try await ledger.commit(
                    Records.generation(3, promoted: false, incumbent: 1, episodes: 0), episodes: [], promoted: nil, spent: RunExpense())
            }
            try await ledger.commit(
                Records.generation(4, promoted: false, incumbent: 1, episodes: 0), episodes: [], promoted: nil, spent: RunExpense())
            try await ledger.commit(
                Records.generation(5, promoted: true, incumbent: 1, episodes: 20), episodes: Records.episodes(20, generation: 5),
                promoted: Records.snapshot(5), spent: RunExpense())
            let lineage = try store.lineage(of: "otter-1")
            #expect(lineage.steps.map(\.generation) == [1, 3, 5] && lineage.steps.map(\.parent) == [0, 1, 1])
            #expect(lineage.steps.map(\.isAncestor) == [true, false, true] && lineage.incumbent == 5)
            #expect(try store.run("otter-1").figures.rolledBackTo == nil)
            #expect(try store.verify().findings == [])
        }
    }

    @Test("a finished run goes back for export, and stays finished with the sealed result of the weights that earned it")
    func finished() async throws {
        try await withRun(steps: 5) { _, store in
            #expect(try store.lineage(of: "otter-1").isSealed == true)
            _ = try store.rollBack("otter-1", reason: "", at: 1)
            #expect(try store.run("otter-1").state == .finished && store.summary(of: "otter-1") == Records.summary(3))
            #expect(try store.lineage(of: "otter-1").isSealed == false)
            #expect(try store.weights(of: "otter-1") == Records.snapshot(1).weights)
            let ledger = try store.ledger("otter-1")
            await #expect(throws: RunLedgerError.alreadyFinished(runID: "otter-1")) { try await ledger.resumePoint() }
        }
    }

    @Test("what cannot be gone back to is refused with what can be, and nothing changes")
    func refusals() async throws {
        try await withRun(retaining: 0) { _, store in
            let refusal = StoreError.weightsNotKept(run: "otter-1", generation: 1, kept: [0])
            #expect(throws: refusal) { try store.rollBack("otter-1", reason: "", at: 1) }
            #expect("\(refusal)".contains("--to") && "\(refusal)".contains("store.keepWeights"))
            #expect(throws: StoreError.unknownGeneration(run: "otter-1", given: 4, last: 3)) {
                try store.rollBack("otter-1", to: 4, reason: "", at: 1)
            }
            #expect(throws: StoreError.unknownGeneration(run: "otter-1", given: -1, last: 3)) {
                try store.rollBack("otter-1", to: -1, reason: "", at: 1)
            }
            #expect(throws: StoreError.self, "it stands there") { try store.rollBack("otter-1", to: 3, reason: "", at: 1) }
            #expect(throws: StoreError.unknownRun("otter-9", nearest: "otter-1")) { try store.rollBack("otter-9", reason: "", at: 1) }
            _ = try store.rollBack("otter-1", to: 0, reason: "", at: 1)
            #expect(throws: StoreError.nothingToRollBack(run: "otter-1", reason: "its base is still the incumbent")) {
                try store.rollBack("otter-1", reason: "", at: 1)
            }
            #expect(try store.rollbacks(of: "otter-1").count == 1)
        }
    }

    @Test("a run that is being written is refused")
    func inUse() async throws {
        try await withRun { folder, store in
            let ledger = try RunStore(folder: folder).ledger("otter-1")
            #expect(throws: StoreError.self) { try store.rollBack("otter-1", reason: "", at: 1) }
            withExtendedLifetime(ledger) {}
        }
    }

    @Test("a damaged state is not gone back to", arguments: ["weights", "optimizer"])
    func damaged(part: String) async throws {
        try await withRun { folder, store in
            let state = Records.snapshot(1)
            let hash = part == "weights" ? state.weightsHash : ContentHash.hexadecimal(of: state.optimizer)
            let file = folder.appendingPathComponent("artifacts/\(hash.prefix(2))/\(hash)")
            var bytes = try Data(contentsOf: file)
            bytes[9] ^= 4
            try bytes.write(to: file)
            #expect(throws: StoreError.damagedArtifact(file: file.path, digest: ContentHash.hexadecimal(of: bytes))) {
                try store.rollBack("otter-1", reason: "", at: 1)
            }
            #expect(try store.run("otter-1").weightsHash == Records.snapshot(3).weightsHash)
            #expect(try store.rollbacks(of: "otter-1").isEmpty)
        }
    }

    @Test("any failing disk call leaves the run as it was or rolled back", arguments: FaultyDisk.Fault.allCases)
    func faults(fault: FaultyDisk.Fault) async throws {
        var failures = 0
        for call in 1...100 {
            var isUninjured = false
            try await withRun { folder, store in
                let disk = FaultyDisk(fault, at: call)
                do {
                    _ = try RunStore(folder: folder, disk: disk).rollBack("otter-1", reason: "", at: 1)
                } catch {
                    #expect("\(error)".contains("injected"))
                }
                isUninjured = !disk.hasFailed
                let stands = try store.rollbacks(of: "otter-1").isEmpty ? 3 : 1
                #expect(try store.weights(of: "otter-1") == Records.snapshot(stands).weights)
                #expect(try store.verify().findings == [], "call \(call)")
            }
            if isUninjured { break }
            failures += 1
        }
        #expect(failures > 1 && failures < 100)
    }
}
