import Autodidact
import Backends
import Foundation
import LanguageModel
import RunStore

/// A run with all its parts in place: composed, its model read, its ledger locked.
struct RunSession: Sendable {
    let manifest: RunManifest
    let store: RunStore
    let isResumed: Bool
    private let composed: ComposedRun
    /// The tasks that the card of the model states.
    private let taughtTasks: [String]
    private let policy: EmbeddedPolicy
    private let ledger: StoredLedger
    private let world: World

    /// A run that is to begin; its programs run in `programs`, which is ready when this returns.
    init(
        new options: RunOptions, engine: EngineOptions, shelf: ModelShelf, store folder: StoreOptions, programs: ProgramHost,
        console: Console, world: World
    ) async throws {
        let asked = try options.composed(programs: programs)
        let model = try OpenedModel(options.model ?? RunOptions.defaultModel, on: shelf)
        (policy, taughtTasks) = (try model.policy(engine.cores, of: asked.settings), model.taughtTasks)
        try asked.check(policy)
        try await programs.prepare(for: console, judging: asked.task)
        composed = try asked.resolved(conversation: policy.conversation.format.name)
        store = try folder.open(in: world)
        isResumed = false
        self.world = world
        let now = world.clock.secondsSince1970()
        let name = RunName(
            secondsSince1970: now, task: composed.family.card.slug, recipe: composed.card.slug, seed: composed.settings.seed)
        ledger = try Self.newLedger(name, keeping: composed.settings.store, in: store)
        manifest = RunManifest(
            runID: ledger.runID, recipe: composed.card.slug, task: composed.family.card.slug, taskFile: composed.taskFile,
            model: model.name, seed: composed.settings.seed, settings: composed.settingsJSON,
            versions: Versions.all(for: composed.family), createdAt: now, isGated: composed.settings.gate.enabled,
            confinement: programs.recorded)
    }

    /// A run that goes on; its programs run in `programs`, which is ready when this returns.
    ///
    /// - Throws: Also `BadInput` where options contradict what the run was created with, or the model's weights have changed.
    init(
        resuming name: String, options: RunOptions, engine: EngineOptions, shelf: ModelShelf, store folder: StoreOptions,
        programs: ProgramHost, console: Console, world: World
    ) async throws {
        store = try folder.openExisting(in: world)
        let overview = try store.run(name)
        manifest = overview.manifest
        if overview.state == .finished {
            throw FinishedRun(manifest, lineage: try store.lineage(of: overview.id), store: folder)
        }
        try manifest.checkGateRules()
        composed = try options.composed(resuming: manifest, shelf: shelf, programs: programs)
        let verifier = composed.family.verifier.version
        if let recorded = manifest.versions["verifier"], recorded != verifier {
            // The verifier of a program of the user's is the program's file, which can be put back.
            let remedy = recorded.hasPrefix("command/") ? "put the old program back and resume, or start a new run" : "start a new run"
            throw BadInput("run \(manifest.runID) was judged by verifier \(recorded), this program has \(verifier); \(remedy)")
        }
        let model = try OpenedModel(manifest.model, on: shelf)
        (policy, taughtTasks) = (try model.policy(engine.cores, of: composed.settings), model.taughtTasks)
        try await programs.prepare(for: console, judging: composed.task)
        ledger = try store.ledger(manifest.runID, keeping: composed.settings.store)
        isResumed = true
        self.world = world
        guard await policy.snapshot().weights == (try store.baseWeights(of: manifest.runID)) else {
            throw BadInput("model '\(manifest.model)' does not have the weights that run \(manifest.runID) began with")
        }
    }

    /// What versions the run was begun with and is not gone on with; its result may then differ in the last bits.
    var changedVersions: [String] {
        let now = Versions.all(for: composed.family)
        return manifest.versions.filter { $0.value != now[$0.key] }.map { "\($0.key) \($0.value) (now \(now[$0.key] ?? "none"))" }.sorted()
    }

    /// How many generations the run is to have.
    var generations: Int { composed.settings.generations }

    /// What people should know of task and model beforehand; nil where nothing is.
    var taskNote: String? { composed.notes(model: manifest.model, taught: taughtTasks) }

    /// Whether anything of the run has been committed.
    var isCommitted: Bool {
        // A store that cannot be read just now holds nothing that could be promised.
        (try? store.baseline(of: manifest.runID)) != nil
    }

    /// Runs to the end.
    func run(events: @escaping @Sendable (LoopEvent) -> Void) async throws -> RunSummary {
        let loop = ImprovementLoop(
            recipe: composed.recipe, family: composed.family, policy: policy, settings: composed.settings, protecting: composed.protected,
            ledger: ledger, clock: world.clock, events: events)
        return isResumed ? try await loop.resume() : try await loop.run(manifest)
    }

    /// The ledger of the first free name.
    private static func newLedger(_ name: RunName, keeping kept: StoreSettings, in store: RunStore) throws -> StoredLedger {
        let taken = Set(try store.runs().map(\.id))
        var attempt = 1
        while true {
            let id = name.attempt(attempt)
            attempt += 1
            if taken.contains(id) { continue }
            do {
                return try store.ledger(id, keeping: kept)
            } catch {
                // Another process has taken the name in the same second.
                guard case .runInUse = error else { throw error }
            }
        }
    }
}

extension RunStore {
    /// The ledger of a run that keeps as much as its settings say.
    fileprivate func ledger(_ runID: String, keeping kept: StoreSettings) throws(StoreError) -> StoredLedger {
        try ledger(runID, retaining: kept.keepWeights, episodes: kept.keepEpisodes)
    }
}
