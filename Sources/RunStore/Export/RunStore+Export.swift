import Autodidact
public import Foundation
import GRDB

extension RunStore {
    /// Writes what a run's verified episodes give as a data set: JSON lines with the columns that TRL expects, and nothing else.
    ///
    /// Line by line, `provenance` says where each row came from. Never exported are episodes without a verdict, those on problems that are
    /// not of the training split or that were evaluated, and those of generations that the run itself may not learn from (`RunLine`).
    ///
    /// - Parameters:
    ///   - form: Which columns, and what is taken.
    ///   - reader: Reads the turns of the run's policy.
    ///   - destination: A file that appears whole or not at all, and `provenance` with it.
    /// - Throws: `nothingToExport` where there is no row in this form; damage; what the disk says.
    public func exportEpisodes(
        of runID: String, as form: DatasetForm, reading reader: any TurnReader, to destination: URL, provenance: URL
    ) throws(StoreError) -> ExportCount {
        try database.read("export run \(runID)") { db in
            let run = try stored(runID, in: db)
            let manifest = try coding.value(RunManifest.self, from: run.manifest, record: "the manifest of run \(runID)")
            let generations = try StoredGeneration.all(of: run, in: db, coding: coding)
            let files = try DatasetFiles(destination, provenance: provenance)
            var writer = DatasetWriter(form, of: manifest, evaluated: try evaluated(run), reader: reader, files: files)
            let lessons = Set(RunLine(generations.map(\.record), rollbacks: try run.decodedRollbacks(coding)).lessons)
            var episodes = try EpisodeReader(
                db, file: database.path, runID: runID, sql: "SELECT * FROM episode WHERE run = ? ORDER BY generation, ordinal",
                arguments: [run.key])
            while let next = try episodes.next() {
                if lessons.contains(next.generation) { try writer.add(next.episode, generation: next.generation) }
            }
            try writer.finish()
            var count = writer.count
            count.barred = generations.map(\.record.number).filter { !lessons.contains($0) }
            count.forgotten = generations.filter { $0.isCollected && lessons.contains($0.record.number) }.map(\.record.number)
            guard count.rows > 0 else { throw StoreError.nothingToExport(run: runID, reason: count.reason(form)) }
            try files.commit()
            return count
        }
    }

    /// The ids of all problems that evaluations of a run read.
    private func evaluated(_ run: StoredRun) throws(StoreError) -> Set<String> {
        let baseline = try coding.value(EvaluationResult.self, from: run.baseline, record: "the baseline of run \(run.id)")
        let sealed = try run.summary.map { (text) throws(StoreError) in
            try coding.value(RunSummary.self, from: text, record: "the summary of run \(run.id)").before.outcomes
        }
        return Set((baseline.outcomes + (sealed ?? [])).map(\.problem))
    }
}

extension ExportCount {
    /// Why there is no row, and what there may be instead.
    fileprivate func reason(_ form: DatasetForm) -> String {
        let judged = episodes - unscorable - heldOut
        if episodes == 0 {
            return forgotten.isEmpty
                ? "no generation has episodes that may be learned from"
                : "its episodes are no longer kept; start runs that keep more with --set store.keepEpisodes=N"
        }
        guard judged > 0 else { return "none of its \(episodes) episodes was judged, and what was not judged teaches nothing" }
        switch form {
        case .kto: return "no turn of its \(judged) judged episodes can be labelled"
        case .sft, .messages:
            let left = cutOff + mixed > 0 ? " (\(cutOff) right but cut off, \(mixed) right after a turn that was not)" : ""
            return "none of its \(judged) judged episodes is right to the end\(left), so there is nothing to imitate; "
                + "--form kto takes what is wrong too"
        case .preference:
            return "in no generation has a problem both a right and a wrong answer, so there are no pairs; --form kto needs none, and "
                + "more samples of each problem (recipe.samplesPerProblem) make them likelier"
        }
    }
}
