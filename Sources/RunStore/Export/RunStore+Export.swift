import Autodidact
public import Foundation
import GRDB

/// How many episodes an export wrote and left out.
public struct ExportCount: Sendable, Hashable, Codable {
    /// Lines written.
    public let exported: Int
    /// Episodes without a verdict, which cannot be labelled.
    public let unscorable: Int
}

extension RunStore {
    /// Writes a run's judged episodes as JSON lines that TRL reads as an unpaired preference or prompt-completion data set.
    ///
    /// A line has `prompt`, `completion` (the last turn's text) and `label` (correct or not), and besides `problem_id`, `task`,
    /// `level`, `generation`, `member`, `reward` and the verifier's `feedback`. The file appears whole or not at all.
    public func exportEpisodes(of runID: String, to destination: URL) throws(StoreError) -> ExportCount {
        try database.read("export run \(runID)") { db in
            let run = try stored(runID, in: db)
            let output = try AtomicFile(destination)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var reader = try EpisodeReader(
                db, file: database.path, runID: runID, sql: "SELECT * FROM episode WHERE run = ? ORDER BY generation, ordinal",
                arguments: [run.key])
            var (exported, unscorable) = (0, 0)
            var lines = Data()
            while let next = try reader.next() {
                guard let line = ExportLine(next.episode, generation: next.generation) else {
                    unscorable += 1
                    continue
                }
                lines.append(try encoder.encode(line))
                lines.append(UInt8(ascii: "\n"))
                exported += 1
                if lines.count >= 1 << 20 {
                    try output.append(lines)
                    lines.removeAll(keepingCapacity: true)
                }
            }
            try output.append(lines)
            try output.commit()
            return ExportCount(exported: exported, unscorable: unscorable)
        }
    }
}

/// One episode as TRL knows it.
private struct ExportLine: Encodable {
    let prompt: String
    let completion: String
    let label: Bool
    let problemID: String
    let task: String
    let level: Int
    let generation: Int
    let member: Int
    let reward: Double
    let feedback: String

    enum CodingKeys: String, CodingKey {
        case prompt, completion, label, task, level, generation, member, reward, feedback
        case problemID = "problem_id"
    }

    /// Nil for an episode that was not judged.
    init?(_ episode: Episode, generation: Int) {
        guard let reward = episode.verdict.reward, reward.isFinite else { return nil }
        prompt = episode.problem.prompt
        completion = episode.response
        label = episode.verdict.isCorrect
        problemID = episode.problem.id
        task = episode.problem.task
        level = episode.problem.level
        self.generation = generation
        member = episode.origin.member
        self.reward = reward
        feedback = episode.verdict.feedback
    }
}
