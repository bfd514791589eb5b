import Autodidact
import Foundation
import RunStore
import Testing

@Suite("reading runs")
struct QueryTests {
    private func begin(_ names: String..., in store: RunStore) async throws {
        for name in names {
            try await store.ledger(name).begin(
                Records.manifest(name), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: RunExpense())
        }
    }

    @Test("the list says where each run stands, newest first")
    func list() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 4)
            try await begin("later", in: run.store)
            let runs = try run.store.runs()
            #expect(runs.map(\.id) == ["later", "otter-1"])
            #expect(runs.map(\.state) == [.interrupted, .running])
            #expect(runs.map(\.generations) == [0, 3])
            #expect(runs[1].manifest == Records.manifest() && runs[1].spent == Records.expense(3))
            #expect(runs[1].weightsHash == Records.snapshot(3).weightsHash)
            #expect(runs[1].figures.baseline.meanAtK == 0 && runs[1].figures.incumbent.meanAtK == 3.0 / 8)
            #expect(runs[1].figures.promotions == 2 && runs[1].figures.last?.greedy == 3.0 / 9 && runs[1].figures.after == nil)
            #expect(throws: StoreError.notFinished(run: "otter-1")) { try run.store.summary(of: "otter-1") }
            try await run.run(after: 4)
            let finished = try run.store.run("otter-1")
            #expect(finished.state == .finished && finished.figures.before?.meanAtK == 0 && finished.figures.after?.meanAtK == 3.0 / 8)
            #expect(finished.spent.wall == 12)
        }
    }

    @Test("a run is found by its name, the beginning of it, or as the last; a wrong name by suggestion")
    func names() async throws {
        try await withFolder { folder in
            let store = try RunStore(folder: folder)
            #expect(throws: StoreError.noRuns(folder: folder.path)) { try store.run("last") }
            try await begin("brisk-otter", "brisk-owl", "calm-heron", in: store)
            #expect(try store.run("last").id == "calm-heron")
            #expect(try store.run("calm").id == "calm-heron")
            #expect(try store.run("brisk-owl").id == "brisk-owl")
            #expect(throws: StoreError.ambiguousRun("brisk", candidates: ["brisk-owl", "brisk-otter"])) { try store.run("brisk") }
            #expect(throws: StoreError.unknownRun("calm-herno", nearest: "calm-heron")) { try store.run("calm-herno") }
            #expect(throws: StoreError.unknownRun("zzz", nearest: nil)) { try store.run("zzz") }
            #expect(throws: StoreError.unknownRun("", nearest: nil)) { try store.run("") }
            #expect(throws: StoreError.unknownRun("brisk-otte", nearest: "brisk-otter")) { try store.weights(of: "brisk-otte") }
        }
    }

    @Test("episodes come in order, by verdict, in parts")
    func episodes() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 2)
            let all = Records.episodes(20)
            let store = run.store
            #expect(try store.episodes(of: "otter-1", generation: 1, offset: 3, limit: 5) == Array(all[3..<8]))
            #expect(try store.episodes(of: "otter-1", generation: 1, verdict: .correct) == all.filter(\.verdict.isCorrect))
            #expect(try store.episodes(of: "otter-1", generation: 2) == [])
            let examples = try store.exampleEpisodes(of: "otter-1", generation: 1)
            #expect(examples[.unscorable] == [all[3], all[7]] && examples[.wrong] == [all[1], all[2]] && examples.count == 3)
        }
    }

    @Test("histograms count every episode once")
    func histograms() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 4)
            let histograms = try run.store.histograms(of: "otter-1", lengthBins: 4)
            #expect(histograms.map(\.generation) == [1, 2, 3])
            for histogram in histograms {
                let episodes = Records.episodes(20, generation: histogram.generation)
                let rewards = episodes.compactMap(\.verdict.reward)
                #expect(histogram.unscorable == 5)
                #expect(histogram.rewards == (0..<10).map { bin in rewards.count { min(9, Int($0 * 10)) == bin } })
                let lengths = episodes.map(\.sampledTokens)
                #expect(histogram.lengths == histogram.lengths.indices.map { bin in lengths.count { $0 / histogram.tokensPerBin == bin } })
                #expect(histogram.lengths.reduce(0, +) == 20 && histogram.lengths.count <= 5)
            }
        }
    }

    @Test("ten thousand episodes are written in one commit and read back equal")
    func many() async throws {
        let episodes = Records.episodes(10_000, tokens: 24)
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 1)
            try await run.ledger.commit(
                Records.generation(1, promoted: true, incumbent: 0, episodes: episodes.count), episodes: episodes,
                promoted: Records.snapshot(1), spent: RunExpense())
            let read = try run.store.episodes(of: "otter-1", generation: 1)
            #expect(read == episodes)
        }
    }
}
