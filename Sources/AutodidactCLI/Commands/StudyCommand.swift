import ArgumentParser
import Autodidact
import Foundation
import LanguageModel
import Reports
import RunStore
import Studies

struct StudyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "Compare a published system with its baselines in miniature, by a criterion written before.",
        discussion: """
            Without a name the studies are listed with their criteria. Finished parts are kept in DIR/.cells until a study is done, so \
            one that was stopped goes on where it was. The exit code is 0 whatever the verdict.
            """)

    @Argument(help: "Studies, named as their recipes.") var names: [String] = []

    @Flag(help: "Run all studies.") var all = false

    @Option(
        help: "Seeds, from 1 up to this number. (default: the study's own, 3 or more; with --quick 2)",
        transform: WholeNumber.reader(StudyScale.full.fewestSeeds...CountLimits.samples)) var seeds: Int?

    @Flag(help: "Only show that every part works, in seconds; nothing is written unless --output names a folder.") var quick = false

    @Option(help: ArgumentHelp("Where records go. (default: \(AtlasFolder.defaultName))", valueName: "dir")) var output: String?

    @Option(
        help: ArgumentHelp(
            "Where the page made from the records goes. (default: \(AtlasFolder.defaultPage), or ATLAS.md in the folder of --output)",
            valueName: "file")) var page: String?

    @Flag(help: "Write page and cards from the records that are there; with names, after their studies.") var atlas = false

    @Option(help: "The model that every arm begins with: a name from 'autodidact models', or a directory.")
    var model = RunOptions.defaultModel

    @OptionGroup(title: "Where things are") var models: ModelsOptions
    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "For machines") var log: LogOptions

    func validate() throws {
        if all && !names.isEmpty { throw ValidationError("--all with names; give one or the other") }
        if names.isEmpty && !all, let option = firstWithoutEffect {
            let known = StudyCatalogue.all.map(\.card.slug).joined(separator: ", ")
            throw ValidationError("\(option) is for a study, and none is named; name one or more of \(known), or give --all")
        }
        let fewest = scale.fewestSeeds
        if let seeds, seeds < fewest || seeds > CountLimits.samples {
            let range = "from \(fewest)\(quick ? "" : " (with --quick from 2)") up to \(CountLimits.samples)"
            throw ValidationError("--seeds is \(seeds); allowed: \(range)")
        }
        if Set(names).count != names.count { throw ValidationError("a study is named twice") }
    }

    mutating func run() async throws {
        let (console, studies) = (display.console, try chosen())
        if let output { _ = try OutputPath.folder(output, for: "--output") }
        if let page { _ = try OutputPath.file(page, for: "--page") }
        let folder = AtlasFolder(output: output, page: page, disk: World.system.disk)
        if studies.isEmpty {
            guard atlas else { return try list(console) }
            return try console.show(["page": try folder.writePage()], text: folder.page.path)
        }
        let logger = try log.opened(clock: World.system.clock, console: console)?.logger("autodidact.study")
        let policy = try OpenedModel(model, on: models.shelf()).policy(engine.cores, conversation: ConversationFormat.automatic)
        let composed = StudyComposition(
            policy: policy, seeds: seeds, scale: scale, folder: keeps ? folder : nil, console: console, log: logger.map(StudyLog.init))
        var records: [StudyRecord] = []
        for study in studies {
            let command = command(for: study)
            records.append(try await perform { try await composed.run(study, command: command) })
        }
        if keeps { _ = try folder.writePage() }
        let text = records.map { studyText($0, color: console.color) }.joined(separator: "\n\n")
        if records.count == 1 { try console.show(records[0], text: text) } else { try console.show(records, text: text) }
    }

    /// The first option given that only a study that is run would use.
    private var firstWithoutEffect: String? {
        [
            ("--quick", quick), ("--seeds", seeds != nil), ("--model", model != RunOptions.defaultModel),
            ("--output", output != nil && !atlas), ("--page", page != nil && !atlas),
        ].first { $0.1 }?.0
    }

    private var scale: StudyScale { quick ? .quick : .full }

    /// Whether records are written: the Atlas is no place for what only shows that parts work.
    private var keeps: Bool { !quick || output != nil }

    private func chosen() throws(UnknownStudy) -> [any Study] {
        if all { return StudyCatalogue.all }
        var studies: [any Study] = []
        for name in names { studies.append(try StudyCatalogue.study(named: name)) }
        return studies
    }

    /// What makes the record again, wherever it is kept.
    private func command(for study: any Study) -> String {
        let seeds = seeds.map { " --seeds \($0)" } ?? ""
        let model = CommandPlaces.option("--model", model == RunOptions.defaultModel ? nil : model)
        return "autodidact study \(study.card.slug)\(seeds)\(quick ? " --quick" : "")\(model)"
    }

    private func perform(_ work: @escaping @Sendable () async throws -> StudyRecord) async throws -> StudyRecord {
        let console = display.console
        do {
            return try await Interruption.shared.stopping {
                console.note("stopping")
            } perform: {
                try await work()
            }
        } catch is CancellationError {
            console.note(keeps ? "stopped; the same command goes on after the parts that are finished" : "stopped")
            throw ExitCode(Ending.interrupted)
        }
    }

    private func list(_ console: Console) throws {
        let entries = try StudyCatalogue.all.map(StudyEntry.init)
        let text = entries.map { "\($0.slug)  \($0.title), arXiv:\($0.arxiv)\n  claim: \($0.claim)\n  criterion: \($0.criterion)" }
        try console.show(entries, text: text.joined(separator: "\n\n"))
    }
}

/// A study before it is run.
private struct StudyEntry: Encodable {
    let slug: String
    let title: String
    let arxiv: String
    let claim: String
    let criterion: String

    init(_ study: any Study) throws {
        (slug, title, arxiv, claim) = (study.card.slug, study.card.title, study.card.arxiv, study.card.claim)
        criterion = try study.allCriteria(study.arms(.full)).text
    }
}
