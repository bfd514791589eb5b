import ArgumentParser
import Autodidact
import Reports
import RunStore

struct RollbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Make an earlier incumbent of a run its incumbent again.",
        discussion: """
            Weights and optimiser come back bit for bit; what was committed stays in the record, with the rollback. An unfinished run \
            goes on from there with --resume, with fresh draws. A finished run stays finished: its sealed result is that of the weights \
            that earned it, and the earlier ones can be exported. A rollback can be undone by one to the later generation. \
            A run keeps the weights of its base, of its incumbent and of the newest of its other promoted states, as many as its setting \
            store.keepWeights says (\(StoreSettings().keepWeights) unless set otherwise); to others it cannot go back.
            """)

    @Argument(help: "A run id or the beginning of one; not 'last'.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "Go back to the end of this generation, 0 being the base. (default: the one before the incumbent was made)",
            valueName: "generation"),
        transform: WholeNumber.reader(0...CountLimits.generations))
    var to: Int?

    @Option(help: ArgumentHelp("Why, for the record.", valueName: "text"))
    var reason: String?

    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() throws {
        guard name != "last" else { throw BadInput("name the run to roll back by its id; 'autodidact runs' lists them") }
        let world = World.system
        let options = self.store, store = try options.openExisting(in: world)
        let before = try store.run(name), id = before.id
        let rollback = try store.rollBack(id, to: to, reason: reason ?? "", at: world.clock.secondsSince1970())
        let result = RolledBack(rollback, run: try store.run(id), lineage: try store.lineage(of: id))
        try output.console.show(result, text: result.text(CommandPlaces(store: options, model: before.manifest.model)))
    }
}

/// What a rollback did.
private struct RolledBack: Encodable {
    let runID: String
    let state: RunState
    /// Generations committed; the next one carries the number after.
    let generations: Int
    /// The generation whose end the run stands at.
    let to: Int
    /// The generation that made the incumbent; 0 is the base.
    let incumbent: Int
    let fromHash: String
    let weightsHash: String
    let reason: String
    let at: Double
    /// Whether the sealed result is of the incumbent; nil where the run has none.
    private let isSealed: Bool?
    let gated: Bool

    private enum CodingKeys: CodingKey { case runID, gated, state, generations, to, incumbent, fromHash, weightsHash, reason, at }

    init(_ rollback: RunRollback, run: RunOverview, lineage: RunLineage) {
        (runID, state, generations, to) = (run.id, run.state, rollback.after, rollback.to)
        (incumbent, fromHash, weightsHash) = (lineage.incumbent, rollback.fromHash, rollback.toHash)
        (reason, at, isSealed, gated) = (rollback.reason, rollback.at, lineage.isSealed, lineage.isGated)
    }

    func text(_ places: CommandPlaces) -> String {
        let made = incumbent == 0 ? "the base" : "what generation \(incumbent) made"
        let remark = isSealed == false ? "; the sealed result is that of other weights" : ""
        let next =
            state != .finished
            ? "go on with generation \(generations + 1): autodidact run --resume \(runID)\(places.store)\(places.models)"
            : incumbent == 0
                ? "take it back with: autodidact rollback \(runID)\(places.store) --to \(generations)"
                : "go on with: autodidact export \(runID) --model DIR\(places.store)\(places.models)"
        return "run \(runID)\(gated ? "" : " (ungated)") stands at the end of generation \(to) again: its incumbent is \(made), "
            + "\(weightsHash)\(remark)\n\(next)"
    }
}
