public import Autodidact
import GRDB

extension RunStore {
    /// The lineage of a run's incumbent, from what was committed with each generation.
    public func lineage(of runID: String) throws(StoreError) -> RunLineage {
        let (run, generations) = try database.read("read run \(runID)") { db in
            let run = try stored(runID, in: db)
            return (run, try StoredGeneration.all(of: run, in: db, coding: coding))
        }
        let manifest = try coding.value(RunManifest.self, from: run.manifest, record: "the manifest of run \(runID)")
        let rollbacks = try run.decodedRollbacks(coding)
        let (ends, present) = RunLine.lines(generations.map(\.record), rollbacks: rollbacks)
        let sealed: String? = try run.summary.map { (text) throws(StoreError) in
            try coding.value(RunSummary.self, from: text, record: "the summary of run \(runID)").weightsHash
        }
        return RunLineage(
            manifest: manifest, baseHash: run.base.weights, isSealed: sealed.map { $0 == run.incumbent.weights },
            incumbentHash: run.incumbent.weights, incumbent: present.incumbent,
            steps: steps(generations, ends: ends, present: present, run: run), rollbacks: rollbacks)
    }

    private func steps(_ generations: [StoredGeneration], ends: [RunLine], present: RunLine, run: StoredRun) -> [RunLineage.Step] {
        generations.filter { $0.record.decision.outcome == .promoted }.map { generation in
            let record = generation.record, line = ends[record.number]
            // The incumbent before it is what stood at the end of the generation before it on its line.
            let parent = ends[line.generations.last { $0 < record.number } ?? 0].incumbent
            let read = (generation.lineage?.earlier ?? []) + [record.number]
            return RunLineage.Step(
                generation: record.number, weightsHash: record.candidateHash, parent: parent,
                parentHash: parent == 0 ? run.base.weights : generations[parent - 1].record.candidateHash,
                data: read.map { number in
                    RunLineage.EpisodeSet(
                        generation: number, episodes: generations[number - 1].record.episodes,
                        sha256: generations[number - 1].lineage?.episodes)
                },
                comparison: record.decision.comparison, reason: record.decision.reason,
                isAncestor: present.generations.contains(record.number),
                isKept: generation.state != nil)
        }
    }
}
