import Autodidact
import Foundation
import RunStore
import Testing

@Suite("which artifacts stay")
struct RetentionTests {
    private func files(_ numbers: [Int]) -> [String] {
        numbers.flatMap { number -> [String] in
            let state = Records.snapshot(number)
            return [state.weightsHash, ContentHash.hexadecimal(of: state.optimizer)]
        }.sorted()
    }

    @Test(
        "base, incumbent and as many superseded ones as asked for",
        arguments: [(0, [0, 4]), (1, [0, 3, 4]), (2, [0, 2, 3, 4]), (9, [0, 1, 2, 3, 4])])
    func retained(count: Int, expected: [Int]) async throws {
        try await withFolder { folder in
            let ledger = try RunStore(folder: folder).ledger("otter-1", retaining: count)
            try await ledger.begin(Records.manifest(), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
            for number in 1...4 {
                try await ledger.commit(
                    Records.generation(number, promoted: true, incumbent: 0, episodes: 0), episodes: [], promoted: Records.snapshot(number),
                    spent: RunExpense())
            }
            #expect(try artifacts(in: folder) == files(expected))
            #expect(try await ledger.resumePoint().incumbent == Records.snapshot(4))
        }
    }

    @Test("deleting a run removes what no other run refers to, and nothing else")
    func deletion() async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            for (name, candidate) in [("a", 1), ("b", 2)] {
                let ledger = try store.ledger(name)
                try await ledger.begin(
                    Records.manifest(name), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
                try await ledger.commit(
                    Records.generation(1, promoted: true, incumbent: 0, episodes: 20).promoting(candidate), episodes: Records.episodes(20),
                    promoted: Records.snapshot(candidate), spent: RunExpense())
            }
            try store.deleteRun("a")
            #expect(try artifacts(in: folder) == files([0, 2]))
            #expect(try store.runs().map(\.id) == ["b"])
            #expect(try store.weights(of: "b") == Records.snapshot(2).weights)
            #expect(try store.episodes(of: "b", generation: 1) == Records.episodes(20))
            #expect(throws: StoreError.unknownRun("a", nearest: nil)) { try store.deleteRun("a") }
            try store.deleteRun("b")
            #expect(try artifacts(in: folder) == [])
        }
    }

    @Test("as many generations as asked for keep their episodes; the others say so, and everything else of them stays")
    func episodes() async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            let ledger = try store.ledger("otter-1", episodes: 2)
            try await ledger.begin(Records.manifest(), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
            for number in 1...4 {
                try await ledger.commit(
                    Records.generation(number, promoted: true, incumbent: 0, episodes: 20),
                    episodes: Records.episodes(20, generation: number), promoted: Records.snapshot(number), spent: RunExpense())
            }
            #expect(try store.episodeGenerations(of: "otter-1") == [3, 4])
            let refusal = StoreError.episodesNotKept(run: "otter-1", generation: 2)
            #expect(throws: refusal) { try store.episodes(of: "otter-1", generation: 2) }
            await #expect(throws: refusal, "never taken for none") { try await ledger.episodes(of: 2) }
            #expect("\(refusal)".contains("store.keepEpisodes"))
            #expect(try store.episodes(of: "otter-1", generation: 3) == Records.episodes(20, generation: 3))
            #expect(try store.histograms(of: "otter-1").map(\.generation) == [3, 4])
            #expect(try store.generations(of: "otter-1").map(\.episodes) == [20, 20, 20, 20])
            #expect(try store.lineage(of: "otter-1").steps.allSatisfy { $0.data.allSatisfy { $0.sha256?.count == 64 } })
            let verified = try store.verify()
            #expect(verified.findings == [] && verified.episodes == 40)
            let file = folder.appendingPathComponent("out")
            let count = try store.exportEpisodes(
                of: "otter-1", as: .kto, reading: SpelledTurns(), to: file, provenance: folder.appendingPathComponent("origins"))
            #expect(count.episodes == 40 && count.forgotten == [1, 2])
        }
    }

    @Test("after a rollback the incumbent keeps its weights however many are promoted or kept")
    func rolledBack() async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            do {
                let ledger = try store.ledger("otter-1", retaining: 3)
                try await ledger.begin(Records.manifest(), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
                for number in 1...3 {
                    try await ledger.commit(
                        Records.generation(number, promoted: true, incumbent: 0, episodes: 0), episodes: [],
                        promoted: Records.snapshot(number), spent: RunExpense())
                }
            }
            _ = try store.rollBack("otter-1", to: 1, reason: "", at: 1)
            let ledger = try store.ledger("otter-1", retaining: 0)
            try await ledger.commit(
                Records.generation(4, promoted: false, incumbent: 1, episodes: 0), episodes: [], promoted: nil, spent: RunExpense())
            #expect(try artifacts(in: folder) == files([0, 1, 2, 3]), "what could undo the rollback stays until the next promotion")
            try await ledger.commit(
                Records.generation(5, promoted: true, incumbent: 1, episodes: 0), episodes: [], promoted: Records.snapshot(5),
                spent: RunExpense())
            #expect(try artifacts(in: folder) == files([0, 5]))
            #expect(try store.verify().findings == [])
        }
    }

    @Test("opening a ledger clears away what a crash left behind")
    func leftovers() async throws {
        try await withFolder { folder in
            try await ScriptedRun(folder: folder).run(upTo: 1)
            let shelf = folder.appendingPathComponent("artifacts/00")
            try FileManager.default.createDirectory(at: shelf, withIntermediateDirectories: true)
            try Data([1]).write(to: shelf.appendingPathComponent(".00ff.tmp"))
            try Data([1]).write(to: shelf.appendingPathComponent("00ff"))
            _ = try RunStore(folder: folder).ledger("another")
            #expect(try artifacts(in: folder) == files([0]))
        }
    }
}

extension GenerationRecord {
    /// The same record with another candidate, promoted.
    fileprivate func promoting(_ candidate: Int) -> GenerationRecord {
        let hash = Records.snapshot(candidate).weightsHash
        return GenerationRecord(
            number: number, candidateHash: hash, incumbentHash: hash, episodes: episodes, correct: correct, unscorable: unscorable,
            tokensSampled: tokensSampled, tokensTrained: tokensTrained, metrics: metrics, evaluation: evaluation, decision: decision,
            seconds: seconds)
    }
}
