import ArgumentParser
import Autodidact
import Reports
import RunStore

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write the HTML report of a run: one file that needs no network.")

    @Argument(help: "A run id, the beginning of one, or 'last'.")
    var name: String

    @Option(
        name: .customLong("output"), help: ArgumentHelp("Where to write it. (default: reports/RUN.html in the store)", valueName: "file"))
    var path: String?

    @Option(help: ArgumentHelp("Also write the plot of held-out accuracy as an SVG file.", valueName: "file"))
    var plot: String?

    @OptionGroup(title: "Where things are") var store: StoreOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() throws {
        for case (let path?, let option) in [(path, "--output"), (plot, "--plot")] { _ = try OutputPath.file(path, for: option) }
        let options = self.store, store = try options.openExisting(), run = try store.run(name), id = run.id
        let places = CommandPlaces(store: options, model: run.manifest.model)
        let report = try writeReport(of: id, in: store, to: path, places: places)
        var paths = ["runID": id, "report": report]
        if let plot { paths["plot"] = try writePlot(of: id, in: store, to: plot) }
        try output.console.show(paths, text: [paths["report"], paths["plot"]].compactMap(\.self).joined(separator: "\n"))
    }
}
