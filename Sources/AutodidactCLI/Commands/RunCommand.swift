import ArgumentParser
import Autodidact
import Reports
import RunStore

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Let a model teach itself a task, and prove what it gained.",
        discussion: "Ctrl-C stops at the next safe point; what was committed stays and goes on with --resume.")

    @OptionGroup(title: "The run") var options: RunOptions
    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "For machines") var log: LogOptions
    @OptionGroup(title: "For machines") var metrics: MetricsOptions

    @Option(help: ArgumentHelp("Go on with an unfinished run: its id, the beginning of it, or 'last'.", valueName: "run"))
    var resume: String?

    @Option(help: ArgumentHelp("Write the HTML report here. (default: reports/RUN.html in the store)", valueName: "file"))
    var report: String?

    @Flag(help: "Print a line on stderr for each progress, for scripts, instead of the live display.")
    var progress = false

    mutating func run() async throws {
        let (console, world) = (output.console, World.system)
        try checkReportPath()
        let observation = try RunObservation(log: log, metrics: metrics, clock: world.clock, console: console)
        try await observation.during { [self] in try await run(console, world, observation) }
    }

    private func run(_ console: Console, _ world: World, _ observation: RunObservation) async throws {
        if let resume, let run = try UnreportedRun(resume, in: store.openExisting(in: world), report: report) {
            // Its lock is held until the report is there.
            return try withExtendedLifetime(run) {
                try show(run.summary, of: run.overview.manifest, in: run.store, console: console)
            }
        }
        let confinement = try resume.map { try options.programs.confinement(of: store.openExisting(in: world).run($0).manifest) }
        try await ProgramHost.with(confinement ?? options.programs.confinement) { programs in
            try await go(on: world, programs: programs, observation)
        }
    }

    /// Runs what is to be run, with its programs in `programs`.
    private func go(on world: World, programs: ProgramHost, _ observation: RunObservation) async throws {
        let (console, clock) = (output.console, world.clock)
        let session = try await session(world, programs: programs)
        if !session.changedVersions.isEmpty {
            console.note("note: begun with \(session.changedVersions.joined(separator: ", ")); the result may differ in the last bits")
        }
        if let note = session.taskNote { console.note(note) }
        let view = RunView(
            session.manifest, style: progress ? .everything : console.redraws ? .live : .lines, console: console, clock: clock)
        let summary = try await perform(session, view: view, console: console, observe: observation.begin(session))
        try show(summary, of: session.manifest, in: session.store, console: console)
    }

    /// Writes the report and prints the result.
    private func show(_ summary: RunSummary, of manifest: RunManifest, in store: RunStore, console: Console) throws {
        let places = CommandPlaces(store: self.store.repeated, models: models.repeated)
        let path = try writeReport(of: manifest.runID, in: store, to: report, places: places)
        let (records, lineage) = (try store.generations(of: manifest.runID), try store.lineage(of: manifest.runID))
        try console.show(
            RunResultJSON(summary: summary, records: records, manifest: manifest, report: path),
            text: runSummaryText(
                summary: summary, records: records, manifest: manifest, reportPath: path, places: places,
                advice: Advice.nothingLearned(summary, manifest), lineage: lineage, color: console.color))
    }

    private func session(_ world: World, programs: ProgramHost) async throws -> RunSession {
        let (shelf, console) = (try models.shelf(), output.console)
        guard let resume else {
            return try await RunSession(
                new: options, engine: engine, shelf: shelf, store: store, programs: programs, console: console, world: world)
        }
        return try await RunSession(
            resuming: resume, options: options, engine: engine, shelf: shelf, store: store, programs: programs, console: console,
            world: world)
    }

    /// Runs to the end, or to where a signal stops it.
    private func perform(
        _ session: RunSession, view: RunView, console: Console, observe: @escaping @Sendable (LoopEvent) -> Void
    ) async throws -> RunSummary {
        defer { view.close() }
        do {
            return try await Interruption.shared.stopping {
                view.close()
                console.note("stopping at the next safe point; Ctrl-C again ends at once")
            } perform: {
                try await session.run { event in
                    observe(event)
                    view.receive(event)
                }
            }
        } catch is CancellationError {
            let resumption = "autodidact run --resume \(session.manifest.runID)\(store.repeated)\(models.repeated)"
            console.note(session.isCommitted ? "stopped; go on with: \(resumption)" : "stopped before anything was committed")
            throw ExitCode(Ending.interrupted)
        }
    }

    /// Refuses a report that could not be written, before any work.
    private func checkReportPath() throws(BadInput) {
        if let report { _ = try OutputPath.file(report, for: "--report") }
    }
}
