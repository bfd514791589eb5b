import Autodidact
import Foundation
import RunStore

/// A short run: begin, a promotion, a roll-back, a promotion, the end.
///
/// Step `n` can be taken once `n` steps are committed.
struct ScriptedRun {
    static let runID = "otter-1"
    static let steps = 5

    let store: RunStore
    let ledger: StoredLedger

    init(folder: URL, disk: any Disk = SystemDisk(), retaining: Int = 0) throws {
        store = try RunStore(folder: folder, disk: disk)
        ledger = try store.ledger(Self.runID, retaining: retaining)
    }

    /// Takes the steps from the one after `committed`, telling of each that was acknowledged.
    func run(after committed: Int = 0, upTo end: Int = steps, acknowledge: (Int) -> Void = { _ in }) async throws {
        for step in committed..<max(committed, end) {
            switch step {
            case 0:
                try await ledger.begin(
                    Records.manifest(), base: Records.snapshot(0), baseline: Records.evaluation(0), spent: Records.expense(0))
            case 1, 3:
                let record = Records.generation(step, promoted: true, incumbent: 0, episodes: 20)
                try await ledger.commit(
                    record, episodes: Records.episodes(20, generation: step), promoted: Records.snapshot(step), spent: Records.expense(step)
                )
            case 2:
                let record = Records.generation(2, promoted: false, incumbent: 1, episodes: 20)
                try await ledger.commit(record, episodes: Records.episodes(20, generation: 2), promoted: nil, spent: Records.expense(2))
            default: try await ledger.finish(Records.summary(3))
            }
            acknowledge(step + 1)
        }
    }

    /// How many steps are committed.
    static func committed(in store: RunStore) throws -> Int {
        guard let run = try store.runs().first else { return 0 }
        return run.state == .finished ? steps : 1 + run.generations
    }

    /// Checks that the store is exactly as it is after `committed` steps of an undisturbed run.
    static func expectState(_ committed: Int, in store: RunStore, ledger: StoredLedger) async throws -> Bool {
        if committed == 0 { return try store.runs().isEmpty }
        let expected = [
            Records.generation(1, promoted: true, incumbent: 0, episodes: 20),
            Records.generation(2, promoted: false, incumbent: 1, episodes: 20),
            Records.generation(3, promoted: true, incumbent: 0, episodes: 20),
        ].prefix(committed - 1)
        let incumbent = Records.snapshot([0, 0, 1, 1, 3, 3][committed])
        var isRight = try store.generations(of: runID) == Array(expected)
        isRight = try isRight && store.baseline(of: runID) == Records.evaluation(0)
        isRight = try isRight && store.weights(of: runID) == incumbent.weights
        for generation in expected {
            isRight =
                try isRight
                && store.episodes(of: runID, generation: generation.number) == Records.episodes(20, generation: generation.number)
        }
        if committed == steps { return try isRight && store.summary(of: runID) == Records.summary(3) }
        let point = try await ledger.resumePoint()
        return isRight && point.manifest == Records.manifest() && point.base == Records.snapshot(0) && point.incumbent == incumbent
            && point.generations == Array(expected) && point.spent == Records.expense(committed - 1)
    }
}
