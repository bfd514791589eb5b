import Autodidact

/// Where a row, or one side of a pair, came from: exactly enough to find its episode in the store and to make it again.
struct RowProvenance: Encodable {
    let run: String
    let generation: Int
    let problemID: String
    let task: String
    let level: Int
    /// The number among the samples of its problem.
    let member: Int
    /// The policy's turn, from 1 up; of a whole episode its last.
    let turn: Int
    /// The verifier and its version, as the run recorded them.
    let verifier: String?
    /// What it gave this very turn; absent for an earlier turn of a right episode that was not judged by itself.
    let reward: Double?
    let feedback: String?
    /// SHA-256 of the weights that wrote it, and the optimiser steps taken since.
    let weights: String
    let step: Int
    /// The random stream, as text: JSON readers round numbers of 64 bits.
    let key: String

    private enum CodingKeys: String, CodingKey {
        case run, generation, task, level, member, turn, verifier, reward, feedback, weights, step, key
        case problemID = "problem_id"
    }

    init(_ episode: Episode, _ turn: ExportedTurn, generation: Int, of run: RunManifest) {
        (self.run, self.generation, verifier) = (run.runID, generation, run.versions["verifier"])
        (problemID, task, level) = (episode.problem.id, episode.problem.task, episode.problem.level)
        (member, self.turn) = (episode.origin.member, turn.number)
        (reward, feedback) = (turn.verdict?.exportedReward, turn.verdict?.feedback)
        (weights, step, key) = (episode.origin.weightsHash, episode.origin.step, String(episode.origin.key))
    }
}

/// Where both sides of a pair came from.
struct PairProvenance: Encodable {
    let chosen: RowProvenance
    let rejected: RowProvenance
}
