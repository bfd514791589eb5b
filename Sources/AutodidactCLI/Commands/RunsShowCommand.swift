import ArgumentParser
import Autodidact
import Reports
import RunStore

extension RunsCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one run: its result, or how far it has come, and what led from one incumbent to the next.")

        @Argument(help: "A run id, the beginning of one, or 'last'.") var name: String
        @OptionGroup(title: "Where things are") var store: StoreOptions
        @OptionGroup(title: "Output") var output: OutputOptions

        mutating func run() throws {
            let (console, options, store) = (output.console, store, try store.openExisting())
            let overview = try store.run(name)
            let places = CommandPlaces(store: options, model: overview.manifest.model)
            let records = try store.generations(of: overview.id), lineage = try store.lineage(of: overview.id)
            let rolledBackTo = overview.figures.rolledBackTo
            let origin = lineageText(lineage, width: console.width, color: console.color).map { "\n\n" + $0 } ?? ""
            guard overview.state == .finished else {
                return try console.show(
                    WithLineage(RunEntry(overview), lineage, rolledBackTo: rolledBackTo),
                    text: unfinishedText(overview, records: records, places: places, width: console.width, color: console.color) + origin)
            }
            let summary = try store.summary(of: overview.id)
            try console.show(
                WithLineage(
                    RunResultJSON(
                        summary: summary, records: records, manifest: overview.manifest, report: reportFile(of: overview.id, in: store)),
                    lineage, rolledBackTo: rolledBackTo),
                text: runSummaryText(
                    summary: summary, records: records, manifest: overview.manifest, reportPath: nil, places: places,
                    advice: Advice.nothingLearned(summary, overview.manifest), lineage: lineage, color: console.color)
                    + origin)
        }
    }
}
