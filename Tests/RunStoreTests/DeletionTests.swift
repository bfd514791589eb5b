import Foundation
import Testing

@testable import RunStore

@Suite("Deleting a run")
struct DeletionTests {
    private func locks(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("locks").path).sorted()
    }

    @Test("takes its lock file along, and the name is free again")
    func lockFile() async throws {
        try await withFolder { folder in
            try await ScriptedRun(folder: folder).run(upTo: 1)
            let store = try RunStore(folder: folder)
            #expect(try locks(in: folder) == ["open.lock", "otter-1.run.lock"])
            try store.deleteRun("otter-1")
            #expect(try locks(in: folder) == ["open.lock"])
            #expect(throws: Never.self) { try store.ledger("otter-1") }
        }
    }

    @Test("is refused for the beginning of a name, and while somebody holds the run")
    func refused() async throws {
        try await withFolder { folder in
            try await ScriptedRun(folder: folder).run(upTo: 1)
            let store = try RunStore(folder: folder)
            #expect(throws: StoreError.unknownRun("otter", nearest: "otter-1")) { try store.deleteRun("otter") }
            let held = try RunLock(run: "otter-1", file: store.lockFile(of: "otter-1"))
            let process = Int(ProcessInfo.processInfo.processIdentifier)
            #expect(throws: StoreError.runInUse(run: "otter-1", process: process)) { try store.deleteRun("otter-1") }
            #expect(try locks(in: folder).contains("otter-1.run.lock") && store.runs().map(\.id) == ["otter-1"])
            withExtendedLifetime(held) {}
        }
    }

    @Test("a lock file that was opened before it was removed is known to be removed, so that nobody holds a lock that keeps nobody out")
    func removedBeforeLocking() async throws {
        try await withFolder { folder in
            let file = folder.appendingPathComponent("a.lock")
            let opened = try FileDescriptor(lockFile: file)
            #expect(try !opened.status().isRemoved)
            let deleter = try RunLock(run: "a", file: file)
            try deleter.removeFile()
            let isRemoved = try opened.status().isRemoved
            #expect(isRemoved)
            // A new file is made and locked, whoever still has the old one open.
            let next = try RunLock(run: "a", file: file)
            #expect(throws: StoreError.self) { _ = try RunLock(run: "a", file: file) }
            withExtendedLifetime((deleter, next)) {}
        }
    }
}
