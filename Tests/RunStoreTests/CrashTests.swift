import Autodidact
import Foundation
import RunStore
import Testing

@Suite("a crash at any instant")
struct CrashTests {
    @Test(
        "any one failing disk call leaves the run as one of its commits left it, and it goes on to the same end",
        arguments: FaultyDisk.Fault.allCases)
    func everyDiskCall(fault: FaultyDisk.Fault) async throws {
        var failures = 0
        for call in 1...1000 {
            let isUninjured = try await withFolder { folder in
                let disk = FaultyDisk(fault, at: call)
                var acknowledged = 0
                var failure: StoreError?
                do {
                    try await ScriptedRun(folder: folder, disk: disk).run { acknowledged = $0 }
                } catch let error as StoreError {
                    failure = error
                }
                guard disk.hasFailed else { return true }
                #expect(failure != nil && "\(failure, default: "")".contains("injected"), "call \(call)")

                let resumed = try ScriptedRun(folder: folder)
                let committed = try ScriptedRun.committed(in: resumed.store)
                #expect(committed == acknowledged || committed == acknowledged + 1, "call \(call)")
                #expect(try await ScriptedRun.expectState(committed, in: resumed.store, ledger: resumed.ledger), "call \(call)")
                try await resumed.run(after: committed)
                #expect(try await ScriptedRun.expectState(ScriptedRun.steps, in: resumed.store, ledger: resumed.ledger), "call \(call)")
                let kept = [Records.snapshot(0), Records.snapshot(3)].map(\.weightsHash)
                #expect(
                    try artifacts(in: folder).filter { kept.contains($0) }.count == 2 && artifacts(in: folder).count == 4, "call \(call)")
                return false
            }
            if isUninjured { break }
            failures += 1
        }
        #expect(failures > 30 && failures < 1000)
    }

    @Test("a write-ahead log cut or changed at any place gives a committed state", arguments: 0..<40)
    func tornLog(position: Int) async throws {
        try await withFolder { folder in
            let live = folder.appendingPathComponent("live"), copy = folder.appendingPathComponent("copy")
            let run = try ScriptedRun(folder: live, retaining: 10)
            try await run.run(upTo: 4)
            try FileManager.default.copyItem(at: live, to: copy)
            let log = copy.appendingPathComponent("runs.sqlite-wal")
            try FileManager.default.removeItem(at: copy.appendingPathComponent("runs.sqlite-shm"))
            var bytes = try Data(contentsOf: log)
            let place = bytes.count * position / 40
            if position.isMultiple(of: 2) { bytes = bytes.prefix(place) } else { bytes[place] ^= 0x10 }
            try bytes.write(to: log)

            let store = try RunStore(folder: copy)
            let ledger = try store.ledger(ScriptedRun.runID, retaining: 10)
            let committed = try ScriptedRun.committed(in: store)
            #expect(committed <= 4)
            #expect(try await ScriptedRun.expectState(committed, in: store, ledger: ledger))
        }
    }

    @Test("a process killed at any moment loses nothing that was acknowledged", arguments: [0, 1, 2, 4, 6, 9, 13, 18, 25, 40] as [UInt32])
    func killed(afterMilliseconds delay: UInt32) async throws {
        try await withFolder { folder in
            let path = folder.path
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, delay = delay as UInt32] in
                let folder = URL(fileURLWithPath: path)
                let run = try ScriptedRun(folder: folder.appendingPathComponent("store"))
                Thread.detachNewThread {
                    usleep(delay * 1000)
                    kill(getpid(), SIGKILL)
                }
                try await run.run { step in
                    let isWritten = FileManager.default.createFile(
                        atPath: folder.appendingPathComponent("acknowledged").path, contents: Data("\(step)".utf8))
                    precondition(isWritten)
                }
                while true { usleep(1000) }
            }
            let file = folder.appendingPathComponent("acknowledged")
            let acknowledged =
                FileManager.default.fileExists(atPath: file.path) ? Int(try String(contentsOf: file, encoding: .utf8)) ?? 0 : 0
            let resumed = try ScriptedRun(folder: folder.appendingPathComponent("store"))
            let committed = try ScriptedRun.committed(in: resumed.store)
            #expect(committed >= acknowledged && committed <= acknowledged + 1)
            #expect(try await ScriptedRun.expectState(committed, in: resumed.store, ledger: resumed.ledger))
            try await resumed.run(after: committed)
            #expect(try await ScriptedRun.expectState(ScriptedRun.steps, in: resumed.store, ledger: resumed.ledger))
        }
    }
}

/// The names of all files under a store's artifacts.
func artifacts(in store: URL) throws -> [String] {
    let folder = store.appendingPathComponent("artifacts")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).flatMap { shelf in
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(shelf).path)
    }.sorted()
}
