import Autodidact
import GRDB

extension RunStore {
    func begin(
        _ manifest: RunManifest, base: HashedSnapshot, baseline: EvaluationResult, spent: RunExpense
    ) throws(StoreError) {
        let figures = RunFigures(baseline: HeadlineFigures(baseline))
        let run = StoredRun(
            key: 0, id: manifest.runID, manifest: try coding.text(of: manifest, record: "the manifest"),
            baseline: try coding.text(of: baseline, record: "the baseline"), base: base.stored, incumbent: base.stored,
            generations: 0, spent: try coding.text(of: spent, record: "the expense"),
            figures: try coding.text(of: figures, record: "the figures"), summary: nil
        )
        try database.write("open run \(run.id)") { db in
            if try StoredRun.find(run.id, in: db, file: database.path) != nil { throw StoreError.runExists(run.id) }
            try ArtifactTable(db: db, folder: artifacts).store(base)
            try run.insert(in: db)
        }
    }

    func commit(
        _ generation: GenerationRecord, of runID: String, episodes: [Episode], earlier: [Int], promoted: HashedSnapshot?,
        spent: RunExpense, retention: Retention
    ) throws(StoreError) {
        let record = try coding.text(of: generation, record: "generation \(generation.number)")
        let spentText = try coding.text(of: spent, record: "the expense")
        try database.write("commit generation \(generation.number) of run \(runID)") { db in
            var run = try openRun(runID, in: db)
            try check(generation, episodes: episodes, promoted: promoted, against: run)
            let artifactTable = ArtifactTable(db: db, folder: artifacts)
            let parent = run.incumbent.weights
            if let promoted {
                try artifactTable.store(promoted)
                run.incumbent = promoted.stored
            }
            run.generations = generation.number
            run.spent = spentText
            var figures = try coding.value(RunFigures.self, from: run.figures, record: "run \(runID)")
            figures.add(generation)
            run.figures = try coding.text(of: figures, record: "the figures")
            // The episodes refer to their generation, whose digest covers theirs.
            try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
            var writer = try EpisodeWriter(db: db, run: run.key, generation: generation.number, file: database.path)
            for episode in episodes { try writer.append(episode) }
            let lineage = StoredLineage(parent: parent, episodes: writer.digest.hexadecimal, earlier: earlier)
            try StoredGeneration.insert(
                generation, text: record, lineage: try coding.text(of: lineage, record: "the lineage"), state: promoted?.stored,
                run: run.key, in: db)
            try run.update(in: db)
            try retention.releaseEpisodes(of: run, in: db)
            if promoted != nil {
                try retention.releaseStates(of: run, in: db)
                try artifactTable.forgetUnreferenced()
            }
        }
        if promoted != nil { try removeForgottenFiles() }
    }

    func finish(_ runID: String, _ summary: RunSummary) throws(StoreError) {
        let text = try coding.text(of: summary, record: "the summary")
        try database.write("finish run \(runID)") { db in
            var run = try openRun(runID, in: db)
            guard summary.weightsHash == run.incumbent.weights else {
                throw StoreError.contradiction(run: runID, reason: "the summary is of other weights than the incumbent's")
            }
            run.summary = text
            run.spent = try coding.text(of: RunExpense(seconds: summary.seconds, wall: summary.wallSeconds), record: "the expense")
            var figures = try coding.value(RunFigures.self, from: run.figures, record: "run \(runID)")
            figures.finish(summary)
            run.figures = try coding.text(of: figures, record: "the figures")
            try run.update(in: db)
        }
    }

    func resumePoint(of runID: String) throws(StoreError) -> ResumePoint {
        let (run, generations) = try database.read("read run \(runID)") { db in
            let run = try openRun(runID, in: db)
            return (run, try StoredGeneration.all(of: run, in: db, coding: coding))
        }
        let base = try artifacts.snapshot(run.base)
        return ResumePoint(
            manifest: try coding.value(RunManifest.self, from: run.manifest, record: "the manifest of run \(runID)"),
            base: base,
            baseline: try coding.value(EvaluationResult.self, from: run.baseline, record: "the baseline of run \(runID)"),
            incumbent: run.incumbent == run.base ? base : try artifacts.snapshot(run.incumbent),
            generations: generations.map(\.record),
            rollbacks: try run.decodedRollbacks(coding),
            spent: try coding.value(RunExpense.self, from: run.spent, record: "the expense of run \(runID)")
        )
    }

    /// The row of a run that has begun and is not finished.
    private func openRun(_ runID: String, in db: Database) throws -> StoredRun {
        guard let run = try StoredRun.find(runID, in: db, file: database.path) else { throw StoreError.nothingCommitted(run: runID) }
        guard run.summary == nil else { throw StoreError.alreadyFinished(run: runID) }
        return run
    }

    /// Refuses a generation that does not fit the run: no incumbent changes without a stored decision.
    private func check(
        _ generation: GenerationRecord, episodes: [Episode], promoted: HashedSnapshot?, against run: StoredRun
    ) throws(StoreError) {
        guard generation.number == run.generations + 1 else {
            throw .outOfOrder(run: run.id, expected: run.generations + 1, given: generation.number)
        }
        func contradiction(_ reason: String) -> StoreError {
            .contradiction(run: run.id, reason: "generation \(generation.number) \(reason)")
        }
        guard (promoted != nil) == (generation.decision.outcome == .promoted) else {
            throw contradiction(
                "is '\(generation.decision.outcome.rawValue)' and comes with\(promoted == nil ? "out" : "") a new incumbent")
        }
        if let promoted, promoted.stored.weights != generation.candidateHash {
            throw contradiction("names another candidate than the one that it promotes")
        }
        guard generation.incumbentHash == promoted?.stored.weights ?? run.incumbent.weights else {
            throw contradiction("names another incumbent than the one that it leaves")
        }
        guard generation.episodes == episodes.count else {
            throw contradiction("counts \(generation.episodes) episodes and comes with \(episodes.count)")
        }
    }
}
