import Autodidact
import Foundation
import Randomness
import RunStore
import Testing

@Suite("damaged and foreign stores")
struct DamageTests {
    /// A closed store of a run after four steps; `change` works on the bytes of its database.
    private func withStore(_ change: (inout Data) -> Void, _ body: (URL) async throws -> Void) async throws {
        try await withFolder { folder in
            try await makeRun(in: folder)
            let file = folder.appendingPathComponent("runs.sqlite")
            #expect(!FileManager.default.fileExists(atPath: file.path + "-wal"), "the last connection writes the log back")
            var bytes = try Data(contentsOf: file)
            change(&bytes)
            try bytes.write(to: file)
            try await body(folder)
        }
    }

    private func makeRun(in folder: URL) async throws {
        try await ScriptedRun(folder: folder).run(upTo: 4)
    }

    private func openingError(_ folder: URL) -> StoreError? {
        do {
            let store = try RunStore(folder: folder)
            _ = try store.runs()
            return nil
        } catch {
            return error
        }
    }

    @Test("a store of a later format is refused, naming both")
    func newer() async throws {
        try await withStore({ $0.replaceSubrange(60..<64, with: [0, 0, 0, 9]) }) { folder in
            let file = folder.appendingPathComponent("runs.sqlite")
            let before = try Data(contentsOf: file)
            #expect(openingError(folder) == .newerVersion(file: file.path, found: 9, known: 3))
            #expect(try Data(contentsOf: file) == before, "refused untouched")
        }
    }

    @Test("another program's database is refused")
    func foreign() async throws {
        try await withStore({ $0.replaceSubrange(68..<72, with: [1, 2, 3, 4]) }) { folder in
            #expect(openingError(folder) == .notAStore(file: folder.appendingPathComponent("runs.sqlite").path))
        }
    }

    @Test(
        "a file that is no database, is cut short or is empty is called damaged", arguments: ["garbage", "half", "page", "empty", "gone"])
    func broken(how: String) async throws {
        try await withStore({ bytes in
            switch how {
            case "garbage": bytes.replaceSubrange(0..<100, with: Data(repeating: 0x5A, count: 100))
            case "half": bytes = bytes.prefix(bytes.count / 2)
            case "page": bytes = bytes.prefix(5000)
            case "empty": bytes = Data()
            default: break
            }
        }) { folder in
            let file = folder.appendingPathComponent("runs.sqlite")
            if how == "gone" { try FileManager.default.removeItem(at: file) }
            let error = try #require(openingError(folder))
            guard case .damagedDatabase(file.path, _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect("\(error)".contains(file.path) && "\(error)".contains("backup"))
            #expect(try artifacts(in: folder).count > 0, "nothing else was touched")
        }
    }

    @Test("a flipped bit anywhere in the database is an error or changes nothing that a run goes on from")
    func flippedBits() async throws {
        try await withStore({ _ in }) { folder in
            let file = folder.appendingPathComponent("runs.sqlite")
            let whole = try Data(contentsOf: file)
            var generator = SeedTree(root: 5)("flip").generator
            let files = try artifacts(in: folder)
            var noticed = 0
            for _ in 0..<300 {
                var bytes = whole
                bytes[generator.index(below: whole.count)] ^= 1 << UInt8(generator.index(below: 8))
                for log in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: file.path + log) {
                    try FileManager.default.removeItem(atPath: file.path + log)
                }
                try bytes.write(to: file)
                do {
                    try await expectUnchanged(folder)
                } catch let error as StoreError {
                    #expect(!"\(error)".isEmpty)
                    noticed += 1
                } catch RunLedgerError.nothingCommitted {
                    noticed += 1  // the run's name was hit
                }
            }
            #expect(noticed > 0)
            #expect(try artifacts(in: folder) == files, "no damage to the database costs an artifact")
        }
    }

    private func expectUnchanged(_ folder: URL) async throws {
        let store = try RunStore(folder: folder)
        let point = try await store.ledger(ScriptedRun.runID, retaining: 10).resumePoint()
        #expect(point.incumbent == Records.snapshot(3) && point.base == Records.snapshot(0) && point.manifest == Records.manifest())
        #expect(point.generations.map(\.number) == [1, 2, 3] && point.spent == Records.expense(3))
        for generation in 1...3 {
            #expect(
                try store.episodes(of: ScriptedRun.runID, generation: generation) == Records.episodes(20, generation: generation),
                "episodes are learned from again")
        }
        let figures = try store.run(ScriptedRun.runID).figures
        #expect(figures.promotions == 2 && figures.incumbent.meanAtK == 3.0 / 8)
        _ = try (store.runs(), store.histograms(of: ScriptedRun.runID))
    }

    @Test("an artifact that was changed, cut or removed is never used", arguments: ["flipped", "cut", "gone"])
    func artifact(how: String) async throws {
        try await withStore({ _ in }) { folder in
            let hash = Records.snapshot(3).weightsHash
            let file = folder.appendingPathComponent("artifacts/\(hash.prefix(2))/\(hash)")
            var bytes = try Data(contentsOf: file)
            switch how {
            case "flipped": bytes[17] ^= 1
            case "cut": bytes = bytes.dropLast()
            default: try FileManager.default.removeItem(at: file)
            }
            if how != "gone" { try bytes.write(to: file) }
            let store = try RunStore(folder: folder)
            let expected: StoreError =
                how == "gone"
                ? .missingArtifact(file: file.path) : .damagedArtifact(file: file.path, digest: ContentHash.hexadecimal(of: bytes))
            #expect(throws: expected) { try store.weights(of: ScriptedRun.runID) }
            let ledger = try store.ledger(ScriptedRun.runID)
            await #expect(throws: expected) { try await ledger.resumePoint() }
        }
    }

    @Test("an artifact that was damaged is written anew when it is stored again")
    func healed() async throws {
        try await withStore({ _ in }) { folder in
            let hash = Records.snapshot(0).weightsHash
            try Data([1]).write(to: folder.appendingPathComponent("artifacts/\(hash.prefix(2))/\(hash)"))
            let store = try RunStore(folder: folder)
            try await store.ledger("b").begin(
                Records.manifest("b"), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
            #expect(try store.baseWeights(of: "b") == Records.snapshot(0).weights)
        }
    }
}
