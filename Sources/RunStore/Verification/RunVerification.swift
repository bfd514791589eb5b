import Autodidact
import Foundation
import GRDB

/// The verification of one run; each check adds what it finds and lets the others go on.
struct RunVerification {
    private let store: RunStore
    private let db: Database
    private let runID: String
    /// What was found so far, also in runs before.
    private(set) var result: StoreVerification
    /// Artifacts that were hashed already, with what is wrong with them: runs share some.
    private(set) var hashed: [String: StoreError?]

    init(of runID: String, in store: RunStore, _ db: Database, after result: StoreVerification, hashed: [String: StoreError?]) {
        (self.runID, self.store, self.db, self.result, self.hashed) = (runID, store, db, result, hashed)
    }

    /// Makes all checks.
    mutating func perform() {
        result.runs.append(runID)
        guard let run = attempt({ try $0.store.stored($0.runID, in: $0.db) }) else { return }
        for state in [run.base, run.incumbent] { check(state) }
        guard
            let generations = attempt({ try StoredGeneration.all(of: run, in: $0.db, coding: $0.store.coding) }),
            let rollbacks = attempt({ try run.decodedRollbacks($0.store.coding) })
        else { return }
        for state in generations.compactMap(\.state) { check(state) }
        attempt { try $0.checkRecords(of: run, generations.map(\.record), rollbacks) }
        checkChain(of: run, generations, rollbacks)
        for generation in generations { attempt { try $0.checkEpisodes(of: generation, key: run.key) } }
    }

    /// What a run's row holds besides its generations: decodable, and in agreement with them.
    private mutating func checkRecords(of run: StoredRun, _ records: [GenerationRecord], _ rollbacks: [RunRollback]) throws {
        let coding = store.coding
        _ = try coding.value(RunManifest.self, from: run.manifest, record: "the manifest of run \(runID)")
        _ = try coding.value(RunExpense.self, from: run.spent, record: "the expense of run \(runID)")
        let baseline = try coding.value(EvaluationResult.self, from: run.baseline, record: "the baseline of run \(runID)")
        let summary = try run.summary.map { try coding.value(RunSummary.self, from: $0, record: "the summary of run \(runID)") }
        let figures = try coding.value(RunFigures.self, from: run.figures, record: "the figures of run \(runID)")
        let expected = RunFigures(
            baseline: baseline, records: records, rollbacks: rollbacks, summary: summary, incumbentHash: run.incumbent.weights)
        if figures != expected {
            add("the figures of run \(runID) are not those of its records")
        }
    }

    /// One incumbent follows from the other, down to the one that stands.
    private mutating func checkChain(of run: StoredRun, _ generations: [StoredGeneration], _ rollbacks: [RunRollback]) {
        let (ends, present) = RunLine.lines(generations.map(\.record), rollbacks: rollbacks)
        func hash(of number: Int) -> String { number == 0 ? run.base.weights : generations[number - 1].record.candidateHash }
        var standing = RunLine()
        for committed in 0...generations.count {
            for rollback in rollbacks where rollback.after == committed {
                checkRollback(rollback, from: hash(of: standing.incumbent), to: hash(of: ends[rollback.to].incumbent))
                standing = ends[rollback.to]
            }
            guard committed < generations.count else { break }
            let generation = generations[committed], record = generation.record, name = "generation \(record.number) of run \(runID)"
            if let lineage = generation.lineage, lineage.parent != hash(of: standing.incumbent) {
                add("\(name) names another incumbent before it than the one that stood")
            }
            standing = ends[record.number]
            if record.incumbentHash != hash(of: standing.incumbent) {
                add("\(name) leaves another incumbent than the one that follows from its decision")
            }
        }
        if run.incumbent.weights != hash(of: present.incumbent) {
            add("the incumbent of run \(runID) is not the one that its generations and rollbacks lead to")
        }
    }

    private mutating func checkRollback(_ rollback: RunRollback, from: String, to: String) {
        guard rollback.fromHash != from || rollback.toHash != to else { return }
        add("the rollback of run \(runID) to generation \(rollback.to) names other weights than those of its generations")
    }

    /// The episodes of a generation: decodable, whole, and counted as its record counts them.
    private mutating func checkEpisodes(of generation: StoredGeneration, key: Int64) throws {
        let record = generation.record, name = "generation \(record.number) of run \(runID)"
        var reader = try EpisodeReader(
            db, file: store.database.path, runID: runID,
            sql: "SELECT * FROM episode WHERE run = ? AND generation = ? ORDER BY ordinal", arguments: [key, record.number])
        var (count, correct, unscorable) = (0, 0, 0)
        while let episode = try reader.next()?.episode {
            count += 1
            if episode.verdict.isCorrect { correct += 1 }
            if episode.verdict.reward == nil { unscorable += 1 }
        }
        result.episodes += count
        if generation.isCollected {
            if count > 0 { add("\(name) still has episodes that were let go of") }
            return
        }
        if reader.digest != nil { result.digestedEpisodes += count }
        if count != record.episodes { add("\(count) of \(record.episodes) episodes of \(name) are there") }
        if let lineage = generation.lineage, reader.digest?.hexadecimal != lineage.episodes {
            add("the episodes of \(name) are not those that were committed")
        }
    }

    /// The artifacts of a state, each read whole once.
    private mutating func check(_ state: StoredSnapshot) {
        for hash in [state.weights, state.optimizer] {
            let error: StoreError?
            if let known = hashed[hash] {
                error = known
            } else {
                error = failure(of: hash)
                hashed[hash] = error
                result.artifacts += 1
            }
            if let error { result.add("\(error)", run: runID, file: store.artifacts.file(hash).path) }
        }
    }

    private func failure(of hash: String) -> StoreError? {
        do {
            let size = try store.artifacts.read(hash).count
            let stored = try Int.fetchOne(db, sql: "SELECT bytes FROM artifact WHERE hash = ?", arguments: [hash])
            if stored == size { return nil }
            return .damagedRecord(file: store.database.path, record: "artifact \(hash)", reason: "its size is not the one that is recorded")
        } catch {
            return StoreError(error, action: "verify run \(runID)", file: store.database.path)
        }
    }

    /// What `check` returns; nil where it failed, with a finding that says why.
    @discardableResult
    private mutating func attempt<T>(_ check: (inout Self) throws -> T) -> T? {
        do {
            return try check(&self)
        } catch {
            let error = StoreError(error, action: "verify run \(runID)", file: store.database.path)
            add("\(error)")
            return nil
        }
    }

    private mutating func add(_ problem: String) {
        result.add(problem, run: runID, file: store.database.path)
    }
}
