import ArgumentParser
import Autodidact
import Reports
import Tensors

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the speed of the engine on this machine, beside what its matrix products alone allow.",
        discussion: "Leave the machine otherwise idle: times are wall times.")

    @Option(help: ArgumentHelp("Measure only this model: \(BenchModel.all.map(\.name).joined(separator: " or ")).", valueName: "model"))
    var only: String?

    @Option(help: ArgumentHelp("Measure only this work.", valueName: "work"))
    var work: BenchWork?

    @OptionGroup(title: "This machine") var engine: EngineOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        let names = BenchModel.all.map(\.name)
        guard let only, !names.contains(only) else { return }
        throw ValidationError("--only is '\(only)'; allowed: \(names.joined(separator: ", "))")
    }

    mutating func run() async throws {
        let console = output.console
        var measurements: [Measurement] = []
        for model in BenchModel.all where only == nil || only == model.name {
            console.note("measuring the model of \(model.name) parameters on \(engine.cores.count) cores")
            let bench = try Bench(model, cores: engine.cores)
            for kind in BenchWork.allCases where work == nil || work == kind { measurements += try await bench.measurements(of: kind) }
        }
        let columns = [
            TextColumn("name"), TextColumn("model"), TextColumn("batch", isRightAligned: true), TextColumn("value", isRightAligned: true),
            TextColumn("unit"), TextColumn("roofline", isRightAligned: true), TextColumn("with OpenBLAS", isRightAligned: true),
            TextColumn("share", isRightAligned: true),
        ]
        try console.show(
            measurements,
            text: table(
                columns: columns,
                rows: measurements.map {
                    [
                        $0.name, $0.model, "\($0.batch)", Figures.count($0.value), $0.unit, Figures.count($0.roofline),
                        Figures.count($0.rooflineOpenBLAS), Figures.percent($0.share),
                    ]
                }, color: console.color))
    }
}
