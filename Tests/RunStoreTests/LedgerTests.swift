import Autodidact
import Foundation
import RunStore
import Testing

@Suite("the ledger of a run")
struct LedgerTests {
    @Test("each step reads back as it was written, also by a later process", arguments: 0...ScriptedRun.steps)
    func roundTrip(steps: Int) async throws {
        try await withFolder { folder in
            do {
                let run = try ScriptedRun(folder: folder)
                try await run.run(upTo: steps)
                #expect(try await ScriptedRun.expectState(steps, in: run.store, ledger: run.ledger))
            }
            let later = try ScriptedRun(folder: folder)
            #expect(try await ScriptedRun.expectState(steps, in: later.store, ledger: later.ledger))
        }
    }

    @Test("a run that has not begun, or is finished, has no resume point")
    func noResumePoint() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            await #expect(throws: RunLedgerError.nothingCommitted(runID: "otter-1")) { try await run.ledger.resumePoint() }
            try await run.run()
            await #expect(throws: RunLedgerError.alreadyFinished(runID: "otter-1")) { try await run.ledger.resumePoint() }
            await #expect(throws: StoreError.alreadyFinished(run: "otter-1")) { try await run.ledger.finish(Records.summary(3)) }
        }
    }

    @Test("a run begins once, under its own name")
    func beginsOnce() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 1)
            await #expect(throws: StoreError.runExists("otter-1")) { try await run.run(upTo: 1) }
            await #expect(throws: StoreError.contradiction(run: "otter-1", reason: "the manifest is that of run x")) {
                try await run.ledger.begin(
                    Records.manifest("x"), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
            }
        }
    }

    @Test("a commit that does not follow, or contradicts itself, changes nothing")
    func refusals() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 2)
            func commit(_ number: Int, promoted: Bool, incumbent: Int, episodes: Int = 0, state: Int?) async throws {
                try await run.ledger.commit(
                    Records.generation(number, promoted: promoted, incumbent: incumbent, episodes: episodes), episodes: [],
                    promoted: state.map { Records.snapshot($0) }, spent: RunExpense())
            }
            await #expect(throws: StoreError.outOfOrder(run: "otter-1", expected: 2, given: 1)) {
                try await commit(1, promoted: false, incumbent: 1, state: nil)
            }
            await #expect(throws: StoreError.self, "promoted without a state") {
                try await commit(2, promoted: true, incumbent: 1, state: nil)
            }
            await #expect(throws: StoreError.self, "rolled back with a state") {
                try await commit(2, promoted: false, incumbent: 1, state: 2)
            }
            await #expect(throws: StoreError.self, "another state") { try await commit(2, promoted: true, incumbent: 1, state: 3) }
            await #expect(throws: StoreError.self, "another incumbent") { try await commit(2, promoted: false, incumbent: 0, state: nil) }
            await #expect(throws: StoreError.self, "episodes missing") {
                try await commit(2, promoted: false, incumbent: 1, episodes: 1, state: nil)
            }
            #expect(try await ScriptedRun.expectState(2, in: run.store, ledger: run.ledger))
        }
    }

    @Test(
        "names that could not be a file's are refused",
        arguments: ["", "a/b", "..", "-x", "last", "a b", String(repeating: "x", count: 101)])
    func names(name: String) async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            #expect(throws: StoreError.invalidRunID(name)) { try store.ledger(name) }
        }
    }

    @Test("a run has one writer: another ledger here, or in another process, is refused with the holder's process id")
    func oneWriter() async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            try await #require(try useLedger(of: store, path: folder.path))
            #expect(throws: Never.self, "free again") { try store.ledger("otter-1") }
        }
    }

    private func useLedger(of store: RunStore, path: String) async throws -> Bool {
        let first = try store.ledger("otter-1")
        let process = ProcessInfo.processInfo.processIdentifier
        #expect(throws: StoreError.runInUse(run: "otter-1", process: Int(process))) { try store.ledger("otter-1") }
        #expect(throws: StoreError.runInUse(run: "otter-1", process: Int(process))) { try store.deleteRun("otter-1") }
        #expect(throws: Never.self) { try store.ledger("otter-2") }
        await #expect(processExitsWith: .exitCode(7)) { [path = path as String, process = process as Int32] in
            exit(try holder(ofRunIn: path) == Int(process) ? 7 : 8)
        }
        return first.runID == "otter-1"
    }

    @Test("the lock of a process that dies is free")
    func deadWriter() async throws {
        try await withFolder { folder in
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
                let ledger = try RunStore(folder: URL(fileURLWithPath: path)).ledger("otter-1")
                if ledger.runID == "otter-1" { kill(getpid(), SIGKILL) }
                withExtendedLifetime(ledger) {}
            }
            #expect(throws: Never.self) { try RunStore(folder: folder).ledger("otter-1") }
        }
    }
}

/// The process id that a second writer of the run is told.
private func holder(ofRunIn path: String) throws -> Int? {
    do {
        _ = try RunStore(folder: URL(fileURLWithPath: path)).ledger("otter-1")
    } catch StoreError.runInUse(_, let process) {
        return process
    }
    return nil
}
