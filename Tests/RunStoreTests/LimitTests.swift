import Autodidact
import Foundation
import RunStore
import Testing

@Suite("disks that are full or cannot be written", .serialized)
struct LimitTests {
    static let canMount = (try? Volume(kilobytes: 64).unmount()) != nil

    @Test("a folder that cannot be made is a clear error", arguments: ["/proc/autodidact", "/dev/null/autodidact"])
    func unwritable(path: String) throws {
        do {
            _ = try RunStore(folder: URL(fileURLWithPath: path))
            Issue.record("opened")
        } catch .disk(let error) {
            #expect(error.action == "create directory" && error.path.hasPrefix(path.prefix(5)))
        }
    }

    @Test("a read-only disk is a clear error", .enabled(if: canMount, "needs the right to mount a tmpfs"))
    func readOnly() async throws {
        let volume = try Volume(kilobytes: 4096)
        let folder = volume.folder.appendingPathComponent("store")
        try await ScriptedRun(folder: folder).run(upTo: 2)
        try volume.remount(readOnly: true)
        #expect(throws: StoreError.self) { try RunStore(folder: folder) }
        do {
            _ = try RunStore(folder: folder)
        } catch {
            #expect("\(error)".contains(folder.path) && "\(error)".contains("disk that can be written"))
        }
        #expect(throws: StoreError.self) { try RunStore(folder: volume.folder.appendingPathComponent("other")) }
        try volume.unmount()
    }

    @Test(
        "a full disk stops a commit without damage, and freeing space lets it go on",
        .enabled(if: canMount, "needs the right to mount a tmpfs"), arguments: [200, 400, 600, 800, 1000, 1200])
    func full(freeKilobytes: Int) async throws {
        let volume = try Volume(kilobytes: 4096)
        let folder = volume.folder.appendingPathComponent("store"), filler = volume.folder.appendingPathComponent("filler")
        let episodes = Records.episodes(1500, tokens: 20)
        let record = Records.generation(1, promoted: true, incumbent: 0, episodes: episodes.count)
        let big = PolicySnapshot(weights: [UInt8](repeating: 1, count: 500_000), optimizer: [2])
        let promoted = GenerationRecord(
            number: 1, candidateHash: big.weightsHash, incumbentHash: big.weightsHash, episodes: record.episodes, correct: record.correct,
            unscorable: record.unscorable, tokensSampled: record.tokensSampled, tokensTrained: record.tokensTrained,
            metrics: record.metrics,
            evaluation: record.evaluation, decision: record.decision, seconds: record.seconds)
        let run = try ScriptedRun(folder: folder)
        try await run.run(upTo: 1)
        try volume.fill(filler, leavingKilobytes: freeKilobytes)
        do {
            try await run.ledger.commit(promoted, episodes: episodes, promoted: big, spent: Records.expense(1))
            Issue.record("there was room after all")
        } catch {
            #expect("\(error)".contains("free some space"), "\(error)")
        }
        #expect(try await ScriptedRun.expectState(1, in: run.store, ledger: run.ledger))
        try FileManager.default.removeItem(at: filler)
        try await run.ledger.commit(promoted, episodes: episodes, promoted: big, spent: Records.expense(1))
        #expect(try run.store.weights(of: ScriptedRun.runID) == big.weights)
        #expect(try run.store.episodes(of: ScriptedRun.runID, generation: 1) == episodes)
        try volume.unmount()
    }
}

/// A small disk in memory.
struct Volume {
    let folder: URL

    init(kilobytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("volume-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.call("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path)
    }

    func remount(readOnly: Bool) throws { try Self.call("mount", "-o", "remount,\(readOnly ? "ro" : "rw")", folder.path) }

    func fill(_ file: URL, leavingKilobytes free: Int) throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
        let available = try #require(attributes[.systemFreeSize] as? Int)
        try Data(count: max(0, available - free * 1024)).write(to: file)
    }

    func unmount() throws {
        try Self.call("umount", "-l", folder.path)
        try FileManager.default.removeItem(at: folder)
    }

    private static func call(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        struct Failed: Error {}
        if process.terminationStatus != 0 { throw Failed() }
    }
}
