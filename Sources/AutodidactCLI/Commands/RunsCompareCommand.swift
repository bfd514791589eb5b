import ArgumentParser
import Autodidact
import Reports
import RunStore

extension RunsCommand {
    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare the incumbents of two runs on the problems that both have met.",
            discussion: """
                On the sealed problems where both runs are finished, else on the held-out ones, problem by problem. Runs whose problems \
                differ, in task, levels or number, are refused.
                """)

        @Argument(help: "A run id, the beginning of one, or 'last'.") var first: String
        @Argument(help: "The run that it is compared with.") var second: String
        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            let store = try store.openExisting()
            let runs = (try store.run(first), try store.run(second))
            let sides: (EvaluationResult, EvaluationResult)
            if let first = try sealed(runs.0, in: store), let second = try sealed(runs.1, in: store) {
                sides = (first, second)
            } else {
                sides = (try store.incumbentEvaluation(of: runs.0.id), try store.incumbentEvaluation(of: runs.1.id))
            }
            let comparison: PairedComparison
            do {
                comparison = try PairedComparison.between(incumbent: sides.1, candidate: sides.0)
            } catch {
                throw RunDifferences(runs.0.manifest, runs.1.manifest).refusal ?? error
            }
            try output.console.show(
                ComparedRuns(runs, sides: sides, comparison: comparison),
                text: comparisonText(
                    task: runs.0.manifest.task, incumbent: (name(of: runs.1), sides.1), candidate: (name(of: runs.0), sides.0),
                    comparison: comparison, color: output.console.color))
        }

        /// A run as it is called here.
        private func name(of run: RunOverview) -> String { run.id + (run.manifest.isGated ? "" : " (ungated)") }

        /// The sealed evaluation of a run's incumbent, where that is the one that it was made for.
        private func sealed(_ run: RunOverview, in store: RunStore) throws -> EvaluationResult? {
            guard run.state == .finished else { return nil }
            let after = try store.summary(of: run.id).after
            return after.weightsHash == run.weightsHash ? after : nil
        }
    }
}

/// How much better the first run's incumbent is than the second's.
private struct ComparedRuns: Encodable {
    let runs: [String]
    /// Whether a gate decided in each.
    let gated: [Bool]
    let weightsHashes: [String]
    /// Which problems.
    let split: Split
    /// Problems that both were judged on.
    let n: Int
    let k: Int
    let meanAtK: [Double]
    /// The first minus the second.
    let difference: RunResultJSON.Difference
    let pValue: Double
    let won: Int
    let lost: Int
    let mcNemar: Double

    init(_ runs: (RunOverview, RunOverview), sides: (EvaluationResult, EvaluationResult), comparison: PairedComparison) {
        self.runs = [runs.0.id, runs.1.id]
        gated = [runs.0.manifest.isGated, runs.1.manifest.isGated]
        weightsHashes = [runs.0.weightsHash, runs.1.weightsHash]
        (split, n, k) = (sides.0.split, comparison.n, sides.0.samplesPerProblem)
        meanAtK = [sides.0.meanAtK().value, sides.1.meanAtK().value]
        difference = RunResultJSON.Difference(comparison)
        (pValue, won, lost, mcNemar) = (comparison.pValue, comparison.won, comparison.lost, comparison.mcNemarP)
    }
}
