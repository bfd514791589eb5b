import Autodidact
import Foundation
import RunStore
import Testing

@Suite("archives")
struct ArchiveTests {
    /// A store of two runs, `otter-1` finished, that share their base.
    private func withStore(steps: Int = 5, _ body: (URL, RunStore) async throws -> Void) async throws {
        try await withFolder { folder in
            let place = folder.appendingPathComponent("store")
            try await ScriptedRun(folder: place, retaining: 10).run(upTo: steps)
            let store = try RunStore(folder: place)
            try await store.ledger("b").begin(
                Records.manifest("b"), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
            try await body(folder, store)
        }
    }

    @Test("is a store of its own with the one run, all of it", arguments: [4, 5])
    func folder(steps: Int) async throws {
        try await withStore(steps: steps) { folder, store in
            if steps == 4 { _ = try store.rollBack("otter-1", reason: "x", at: 1) }
            let place = folder.appendingPathComponent("archive")
            let verified = try store.archive("otter-1", to: place)
            #expect(verified.findings == [] && verified.episodes == 60 && verified.artifacts == 6)
            try store.deleteRun("otter-1")
            let copy = try RunStore(folder: place)
            #expect(try copy.runs().map(\.id) == ["otter-1"])
            if steps == 4 {
                #expect(try copy.weights(of: "otter-1") == Records.snapshot(1).weights)
                #expect(try copy.rollbacks(of: "otter-1").map(\.reason) == ["x"])
                #expect(try await copy.ledger("otter-1").resumePoint().incumbent == Records.snapshot(1))
            } else {
                let ledger = try copy.ledger("otter-1")
                #expect(try await ScriptedRun.expectState(5, in: copy, ledger: ledger))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["archive", "store"])
        }
    }

    @Test("as a tar file unpacks to that store, and is the same each time")
    func tar() async throws {
        try await withStore { folder, store in
            let file = folder.appendingPathComponent("run.tar")
            _ = try store.archive("otter-1", to: file)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["tar", "-xf", file.path, "-C", folder.path]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let copy = try RunStore(folder: folder.appendingPathComponent("otter-1"))
            let ledger = try copy.ledger("otter-1")
            #expect(try await ScriptedRun.expectState(5, in: copy, ledger: ledger))
            #expect(try copy.verify().findings == [])
        }
    }

    @Test("never replaces anything, and a damaged run or a missing folder leaves nothing behind")
    func refusals() async throws {
        try await withStore { folder, store in
            let place = folder.appendingPathComponent("archive")
            #expect(throws: StoreError.archiveExists(file: folder.path)) { try store.archive("otter-1", to: folder) }
            #expect(throws: StoreError.unknownRun("otter-2", nearest: "otter-1")) { try store.archive("otter-2", to: place) }
            let hash = Records.snapshot(1).weightsHash
            let artifact = folder.appendingPathComponent("store/artifacts/\(hash.prefix(2))/\(hash)")
            try Data([1]).write(to: artifact)
            #expect(throws: StoreError.damagedArtifact(file: artifact.path, digest: ContentHash.hexadecimal(of: [1]))) {
                try store.archive("otter-1", to: place)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["store"])
        }
    }

    @Test("any failing disk call leaves no archive, or a whole one", arguments: ["archive", "archive.tar"])
    func faults(name: String) async throws {
        try await withStore { folder, store in
            var failures = 0
            for call in 1...500 {
                let disk = FaultyDisk(.refused, at: call), place = folder.appendingPathComponent(name)
                do {
                    _ = try RunStore(folder: store.folder, disk: disk).archive("otter-1", to: place)
                } catch {
                    #expect("\(error)".contains("injected"), "\(error)")
                    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store"], "call \(call)")
                }
                if FileManager.default.fileExists(atPath: place.path) { try FileManager.default.removeItem(at: place) }
                if !disk.hasFailed { break }
                failures += 1
            }
            #expect(failures > 10 && failures < 500)
        }
    }
}
