import Autodidact
import Foundation
import Texts

/// In what two runs differ that decides which problems they meet, and how.
struct RunDifferences {
    private let runs: [String]
    private let differences: [String]

    /// Holds the manifests of two runs against each other.
    init(_ first: RunManifest, _ second: RunManifest) {
        runs = [first.runID, second.runID]
        differences = zip(Self.conditions(of: first), Self.conditions(of: second)).compactMap { one, other in
            one.value == other.value ? nil : "\(one.name) \(one.value.shown) against \(other.value.shown)"
        }
    }

    /// Why they cannot be compared; nil where nothing that is known differs.
    var refusal: BadInput? {
        guard !differences.isEmpty else { return nil }
        return BadInput(
            "runs \(runs.joined(separator: " and ")) have not met the same problems: \(differences.joined(separator: "; ")); compare runs "
                + "of one task, with the same levels and evaluation")
    }

    private static func conditions(of run: RunManifest) -> [(name: String, value: String)] {
        let file = run.taskFile.map { " (file with SHA-256 \($0.contentHash.prefix(12)), verifier \($0.verifier))" } ?? ""
        let task = [("task", run.task + file)]
        // Settings that cannot be read decide nothing that could be named.
        guard let settings = try? JSONDecoder().decode(Settings.self, from: Data(run.settings.utf8)) else { return task }
        let (levels, evaluation) = (settings.levels ?? [], settings.evaluation)
        return task + [
            ("levels", levels.isEmpty ? "the task's own" : levels.map(String.init).joined(separator: ",")),
            ("held-out problems", "\(evaluation.problems)"), ("sealed problems", "\(evaluation.sealedProblems)"),
            ("samples of each (k)", "\(evaluation.samplesPerProblem)"),
        ]
    }

    /// The part of a run's settings that decides it.
    private struct Settings: Decodable {
        let levels: [Int]?
        let evaluation: Evaluation
    }

    private struct Evaluation: Decodable {
        let problems: Int
        let sealedProblems: Int
        let samplesPerProblem: Int
    }
}
