import Autodidact
import Foundation

@testable import RunStore

/// What lies in a run's store: numbers as blobs, and whole database files.
let storeTargets = [
    FuzzTarget(
        "episode-blobs",
        corpus: {
            let numbers: [Int32] = [0, 3, -1, 3, 2, 2, 1, 0, 0]
            return [
                FuzzInput([
                    FuzzFile("turns.blob", NumberBlob.data(numbers)), FuzzFile("tokens.blob", NumberBlob.data([1, 2, 3, 4, 5] as [Int32])),
                    FuzzFile("logprobs.blob", NumberBlob.data([-0.5, -1] as [Float])),
                ])
            ]
        },
        run: { input in
            guard let numbers = NumberBlob.integers(Data(input["turns.blob"])),
                let tokens = NumberBlob.integers(Data(input["tokens.blob"])),
                let logprobs = NumberBlob.floats(Data(input["logprobs.blob"])),
                let turns = TurnLayout.turns(numbers, tokens: tokens, logprobs: logprobs)
            else { return }
            try require(turns.reduce(0) { $0 + $1.tokens.count } == tokens.count, "turns have other tokens than there are")
            // A flag's unknown bits are not kept.
            let again = TurnLayout.numbers(turns)
            try require(again.count == numbers.count, "\(numbers) reads back as \(again)")
        }),
    storeFileTarget,
]

/// Opening a database costs milliseconds, so fewer of them are tried.
private let storeFileTarget: FuzzTarget = {
    var target = FuzzTarget(
        "store-file", words: ["SQLite format 3", "run", "episode", "generation", "PRIMARY KEY"], places: ["runs.sqlite"],
        corpus: {
            let folder = Workspace("store-corpus").folder
            defer { try? FileManager.default.removeItem(at: folder) }
            try await writeStore(in: folder)
            return [FuzzInput("runs.sqlite", try Data(contentsOf: folder.appendingPathComponent("runs.sqlite")))]
        },
        run: { input in
            try await Workspace("store").with(input) { folder in
                let store = try RunStore(folder: folder)
                for run in try store.runs() {
                    _ = try store.baseline(of: run.id)
                    _ = try store.generations(of: run.id)
                    for number in 0..<run.generations { _ = try store.episodes(of: run.id, generation: number + 1) }
                }
            }
        })
    target.share = 20
    return target
}()

/// A store of one run; its file is whole once the store is closed.
private func writeStore(in folder: URL) async throws {
    let store = try RunStore(folder: folder)
    let ledger = try store.ledger("otter-1")
    let snapshot = PolicySnapshot(weights: [1, 2, 3], optimizer: [4])
    try await ledger.begin(SampleRecords.manifest, base: snapshot, baseline: SampleRecords.evaluation(1), spent: RunExpense())
    let generation = SampleRecords.generation(hash: snapshot.weightsHash)
    try await ledger.commit(generation, episodes: SampleRecords.episodes, promoted: snapshot, spent: RunExpense())
}
