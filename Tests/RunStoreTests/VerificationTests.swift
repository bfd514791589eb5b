import Autodidact
import Foundation
import RunStore
import Testing

@Suite("verifying a store")
struct VerificationTests {
    private func withStore(_ body: (URL, RunStore) async throws -> Void) async throws {
        try await withFolder { folder in
            try await ScriptedRun(folder: folder, retaining: 10).run()
            try await body(folder, try RunStore(folder: folder))
        }
    }

    @Test("a whole store has no findings, and everything was read")
    func whole() async throws {
        try await withStore { _, store in
            let result = try store.verify()
            #expect(result.findings == [] && result.runs == ["otter-1"])
            #expect(result.artifacts == 6 && result.episodes == 60 && result.digestedEpisodes == 60)
            #expect(try store.verify(runs: ["otter-2"]).findings.map(\.run) == ["otter-2"])
        }
    }

    @Test("every damaged artifact is found, with its file and run, and the search goes on", arguments: ["flipped", "cut", "gone"])
    func artifacts(how: String) async throws {
        try await withStore { folder, store in
            let files = [1, 3].map { number -> URL in
                let hash = Records.snapshot(number).weightsHash
                return folder.appendingPathComponent("artifacts/\(hash.prefix(2))/\(hash)")
            }
            for file in files {
                var bytes = try Data(contentsOf: file)
                if how == "cut" { bytes.removeLast() } else { bytes[40] ^= 2 }
                if how == "gone" { try FileManager.default.removeItem(at: file) } else { try bytes.write(to: file) }
            }
            let findings = try store.verify().findings
            #expect(Set(findings.map(\.file)) == Set(files.map(\.path)) && findings.count == 2)
            #expect(findings.allSatisfy { finding in finding.run == "otter-1" && finding.problem.contains(finding.file) })
        }
    }

    /// What is done to the database, and what its finding says.
    static let damages: [(sql: String, finding: String)] = [
        ("UPDATE run SET manifest = replace(manifest, 'countdown', 'countdowm')", "run otter-1"),
        ("UPDATE run SET figures = replace(figures, '\"promotions\":2', '\"promotions\":3')", "run otter-1"),
        ("UPDATE generation SET record = replace(record, '99', '98') WHERE number = 2", "generation 2"),
        ("UPDATE generation SET lineage = replace(lineage, 'a', 'b') WHERE number = 1", "generation 1"),
        ("DELETE FROM generation WHERE number = 2", "generation 2"),
        ("DELETE FROM generation WHERE number = 3", "2 of 3 generations"),
        (
            """
            UPDATE generation SET (record, lineage, digest) = (SELECT record, lineage, digest FROM generation AS other WHERE number = 2)
            WHERE number = 1
            """, "it is the record of generation 2"
        ),
        ("UPDATE episode SET response = x'00' WHERE generation = 2 AND ordinal = 3", "generation 2"),
        ("UPDATE episode SET tokens = NULL WHERE generation = 1 AND ordinal = 0", "generation 1"),
        ("UPDATE episode SET score = 0.125 WHERE generation = 1 AND ordinal = 1", "generation 1"),
        ("UPDATE episode SET digest = NULL WHERE generation = 1 AND ordinal = 0", "generation 1"),
        ("DELETE FROM episode WHERE generation = 3 AND ordinal = 19", "19 of 20 episodes"),
        ("UPDATE problem SET reference = x'31'", "digest does not match"),
        ("DELETE FROM problem", "its problem is missing"),
        ("UPDATE artifact SET bytes = bytes + 1", "its size"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM artifact", "refers to a row of artifact"),
        ("UPDATE run SET rollbacks = 1", "a rollback is missing"),
        ("INSERT INTO rollback (run, number, record) VALUES (1, 1, '{}')", "rollback"),
    ]

    @Test("whatever is changed in the database is found and named", arguments: damages.indices)
    func database(index: Int) async throws {
        try await withStore { folder, store in
            let (sql, finding) = Self.damages[index]
            try change(folder, sql)
            let findings = try store.verify().findings
            #expect(findings.contains { $0.problem.contains(finding) }, "\(sql): \(findings)")
            #expect(findings.allSatisfy { !$0.file.isEmpty })
        }
    }

    @Test("a chain of incumbents that does not hold together is found, though every digest is right")
    func chain() async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            let ledger = try store.ledger("otter-1", retaining: 10)
            try await ledger.begin(Records.manifest(), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
            let record = Records.generation(1, promoted: true, incumbent: 0, episodes: 0)
            let wrong = GenerationRecord(
                number: 1, candidateHash: Records.snapshot(2).weightsHash, incumbentHash: record.incumbentHash, episodes: 0, correct: 0,
                unscorable: 0, tokensSampled: 0, tokensTrained: 0, metrics: [:], evaluation: record.evaluation, decision: record.decision,
                seconds: PhaseSeconds())
            await #expect(throws: StoreError.self, "refused where it is committed") {
                try await ledger.commit(wrong, episodes: [], promoted: Records.snapshot(1), spent: RunExpense())
            }
            try await ledger.commit(record, episodes: [], promoted: Records.snapshot(1), spent: RunExpense())
            #expect(try store.verify().findings == [])
        }
    }

    @Test("what was damaged is never exported, listed or gone on from")
    func readers() async throws {
        try await withStore { folder, store in
            try change(folder, "UPDATE episode SET response = x'00' WHERE generation = 1 AND ordinal = 0")
            #expect(throws: StoreError.self) { try store.episodes(of: "otter-1", generation: 1) }
            #expect(throws: StoreError.self) { try store.episodes(of: "otter-1", generation: 1, limit: 1) }
            #expect(throws: StoreError.self) { try store.histograms(of: "otter-1") }
            #expect(throws: StoreError.self) { try store.exampleEpisodes(of: "otter-1", generation: 1) }
            let file = folder.appendingPathComponent("out")
            #expect(throws: StoreError.self) { try store.exportEpisodes(of: "otter-1", to: file) }
            #expect(!FileManager.default.fileExists(atPath: file.path))
            try change(folder, "UPDATE run SET figures = replace(figures, '0', '1')")
            #expect(throws: StoreError.self) { try store.runs() }
            #expect(try store.runID("otter") == "otter-1", "so that it can be deleted")
            try store.deleteRun("otter-1")
            #expect(try store.verify().findings == [])
        }
    }

    /// Changes a database behind the store's back, as a defect of disk or program would.
    private func change(_ folder: URL, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let code = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.executescript(sys.argv[2]); db.commit(); db.close()"
        process.arguments = ["python3", "-c", code, folder.appendingPathComponent("runs.sqlite").path, sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(sql)")
    }
}
