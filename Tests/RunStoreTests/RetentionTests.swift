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
