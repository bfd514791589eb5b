import Autodidact
import Foundation
import Reports
import RunStore

/// A run in the list of runs.
struct RunEntry: Encodable {
    let runID: String
    let state: RunState
    let recipe: String
    let task: String
    let model: String
    let seed: UInt64
    let generations: Int
    let promotions: Int
    /// The generation that a rollback by hand went back to, where the incumbent stands by it.
    let rolledBackTo: Int?
    /// The base's mean@k: on the sealed problems where the run is finished with its present incumbent, else on the held-out ones.
    let before: Double?
    /// The incumbent's, on the same problems.
    let after: Double?
    let seconds: Double
    let weightsHash: String
    /// Whether a gate decides what is kept.
    let gated: Bool
    /// What surrounds the programs of the policy; absent where it writes none.
    let confinement: Confinement?

    init(_ run: RunOverview) {
        (runID, state, recipe, task) = (run.id, run.state, run.manifest.recipe, run.manifest.task)
        (model, seed, generations, promotions) = (run.manifest.model, run.manifest.seed, run.generations, run.figures.promotions)
        rolledBackTo = run.figures.rolledBackTo
        // After a rollback the sealed result is that of other weights.
        let isSealed = rolledBackTo == nil
        before = (isSealed ? run.figures.before ?? run.figures.baseline : run.figures.baseline).meanAtK
        after = (isSealed ? run.figures.after ?? run.figures.incumbent : run.figures.incumbent).meanAtK
        (seconds, weightsHash, gated) = (run.spent.wall, run.weightsHash, run.manifest.isGated)
        confinement = run.manifest.confinement
    }

    /// Where the run stands, for people.
    var standing: String {
        state.rawValue + (rolledBackTo.map { ", back at \($0)" } ?? "") + (gated ? "" : ", ungated")
            + (confinement == Confinement.none ? ", unconfined" : "")
    }

    /// The headline for people.
    var course: String {
        func percent(_ share: Double?) -> String { share.map(Figures.percent) ?? "–" }
        return "\(percent(before)) → \(percent(after))"
    }
}

/// The list of runs.
func runTable(_ runs: [RunOverview], width: Int?, color: TerminalColor) -> String {
    let columns = [
        TextColumn("run"), TextColumn("state"), TextColumn("generations", isRightAligned: true), TextColumn("mean@k", isRightAligned: true),
        TextColumn("time", isRightAligned: true), TextColumn("model"),
    ]
    let rows = runs.map(RunEntry.init).map {
        [$0.runID, $0.standing, "\($0.generations)", $0.course, Figures.seconds($0.seconds), $0.model]
    }
    return table(columns: columns, rows: rows, width: width, color: color)
}

/// How far a run has come that is not finished; `places` are what a command needs to find it and its model.
func unfinishedText(_ run: RunOverview, records: [GenerationRecord], places: CommandPlaces, width: Int?, color: TerminalColor) -> String {
    let entry = RunEntry(run)
    let facts = table(
        columns: [TextColumn(""), TextColumn("")],
        rows: [
            ["run", entry.runID], ["state", entry.standing],
            ["what", "\(entry.recipe) on \(entry.task), \(entry.model), seed \(entry.seed)"],
            ["held-out", "mean@k \(entry.course)"], ["time", Figures.seconds(entry.seconds)],
            ["go on", "autodidact run --resume \(entry.runID)\(places.store)\(places.models)"],
        ], width: width, color: color)
    let decisions = table(
        columns: [TextColumn("generation", isRightAligned: true), TextColumn("decision"), TextColumn("why")],
        rows: records.map { ["\($0.number)", $0.decision.outcome.rawValue, $0.decision.explanation] }, width: width, color: color)
    let alarms = records.flatMap { record in record.alarms.map { "alarm in generation \(record.number): \($0.sentence)" } }
    return ([facts] + (records.isEmpty ? [] : [decisions]) + (alarms.isEmpty ? [] : [alarms.joined(separator: "\n")]))
        .joined(separator: "\n\n")
}

/// Where a run's report lies unless told otherwise.
func reportFile(of runID: String, in store: RunStore) -> String {
    store.folder.appendingPathComponent("reports").appendingPathComponent("\(runID).html").path
}
