import Autodidact
import Foundation
import RunStore
import Testing

@Suite("the lineage of an incumbent")
struct LineageTests {
    @Test("says of each incumbent what it came from: weights, episodes, comparison, and what the run was")
    func steps() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 3)
            _ = try await run.ledger.episodes(of: 1)
            try await run.run(after: 3, upTo: 4)
            let lineage = try run.store.lineage(of: "otter-1")
            #expect(lineage.baseHash == Records.snapshot(0).weightsHash && lineage.incumbentHash == Records.snapshot(3).weightsHash)
            #expect(lineage.incumbent == 3 && lineage.seed == .max - 3 && lineage.recipe == "expert-iteration")
            #expect(lineage.settingsHash == ContentHash.hexadecimal(of: #"{"a":1}"#) && lineage.isSealed == nil)
            #expect(lineage.steps.map(\.generation) == [1, 3] && lineage.steps.map(\.parent) == [0, 1])
            #expect(lineage.steps.map(\.parentHash) == [0, 1].map { Records.snapshot($0).weightsHash })
            #expect(lineage.steps.map { $0.data.map(\.generation) } == [[1], [1, 3]], "with what was read of earlier ones")
            #expect(lineage.steps.map(\.comparison) == [Records.comparison, Records.comparison])
            let digests = lineage.steps.flatMap(\.data).map(\.sha256)
            #expect(digests[0] == digests[1] && digests[0] != digests[2] && digests[0]?.count == 64)
            #expect(lineage.steps.map(\.isKept) == [false, true])
        }
    }

    @Test("the digest of episodes is a function of what they are")
    func digests() async throws {
        func digest(_ episodes: [Episode]) async throws -> String? {
            try await withFolder { folder in
                let store = try RunStore(folder: folder)
                let ledger = try store.ledger("otter-1")
                try await ledger.begin(Records.manifest(), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
                try await ledger.commit(
                    Records.generation(1, promoted: true, incumbent: 0, episodes: episodes.count), episodes: episodes,
                    promoted: Records.snapshot(1), spent: RunExpense())
                return try store.lineage(of: "otter-1").steps.first?.data.first?.sha256
            }
        }
        let whole = try await digest(Records.episodes(20))
        #expect(try await digest(Records.episodes(20)) == whole)
        #expect(try await digest(Records.episodes(20).reversed()) != whole)
        #expect(try await digest(Records.episodes(19)) != whole)
    }

    @Test("what an earlier format did not record is said to be unknown, not made up")
    func earlierFormat() async throws {
        try await withFolder { folder in
            let copy = folder.appendingPathComponent("store")
            try FileManager.default.copyItem(at: GoldenStoreTests.fixtures.appendingPathComponent("format-2"), to: copy)
            let store = try RunStore(folder: copy)
            let lineage = try store.lineage(of: "otter-1")
            #expect(lineage.steps.map(\.generation) == [1, 3] && lineage.steps.flatMap(\.data).allSatisfy { $0.sha256 == nil })
            let verified = try store.verify()
            #expect(verified.findings == [] && verified.episodes == 60 && verified.digestedEpisodes == 0)
            #expect(try store.rollBack("otter-1", reason: "", at: 1).to == 2)
        }
    }
}
